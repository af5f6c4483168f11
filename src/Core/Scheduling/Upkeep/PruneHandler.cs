using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;

namespace Switchyard.Scheduling.Upkeep;

/// <summary>Removes executions that retention no longer covers, in small batches with pauses between.</summary>
internal sealed partial class PruneHandler(
    IExecutionStore executions, SchedulingInstruments instruments, IOptions<SchedulingOptions> options, TimeProvider timeProvider, ILogger<PruneHandler> logger)
    : IJobHandler<PrunePayload>
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<JobRunResult> RunAsync(PrunePayload payload, JobContext context, CancellationToken cancellationToken)
    {
        var before = timeProvider.GetUtcNow() - options.Value.Retention;
        var all = 0;
        while (true)
        {
            var removed = await executions.PruneAsync(before, BatchSize, cancellationToken).ConfigureAwait(false);
            all += removed;
            instruments.OnPruned(removed);
            if (removed < BatchSize)
            {
                break;
            }

            await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (all > 0)
        {
            LogPruned(all);
        }

        return JobRunResult.Succeeded();
    }

    [LoggerMessage(EventIds.Pruned, LogLevel.Information, "{Count} executions were removed, by the retention that is configured", EventName = "Pruned")]
    private partial void LogPruned(int count);
}

/// <summary>Represents that there is nothing to say: what is old is known from the clock.</summary>
internal sealed record PrunePayload;
