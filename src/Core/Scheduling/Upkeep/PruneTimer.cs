using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Jobs;

namespace Switchyard.Scheduling.Upkeep;

/// <summary>Enqueues the removal of what is old, from time to time. Of many nodes that do, one at an interval gets a job.</summary>
internal sealed partial class PruneTimer(IServiceScopeFactory scopes, IOptions<SchedulingOptions> options, TimeProvider timeProvider, ILogger<PruneTimer> logger) : BackgroundService
{
    // The key is held a little shorter than the interval, so that the next turn of the same node isn't too early by its jitter.
    private const double Held = 0.9;

    /// <summary>Enqueues the job, unless one was in this interval.</summary>
    public async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var job = new JobRequest
            {
                Id = JobId.New(timeProvider),
                Kind = SchedulingJobs.Prune,
                Payload = "{}",
                DedupeKey = SchedulingJobs.Prune,
                DedupeFor = options.Value.RetentionInterval * Held,
            };
            await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([job], cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first turn comes at any time within the first interval, so that what starts together doesn't go on together.
        var wait = options.Value.RetentionInterval * options.Value.Randomizer();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, timeProvider, stoppingToken).ConfigureAwait(false);
                wait = options.Value.RetentionInterval;
                await EnqueueAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotEnqueued(exception);
            }
        }
    }

    [LoggerMessage(EventIds.PruneNotEnqueued, LogLevel.Warning, "The removal of old executions could not be enqueued; it is tried again", EventName = "PruneNotEnqueued")]
    private partial void LogNotEnqueued(Exception exception);
}
