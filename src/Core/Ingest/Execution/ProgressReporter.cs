using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Switchyard.Ingest.Execution;

/// <summary>Stores counts so far, about once a second, beside the work: a failure to store them is logged and changes nothing.</summary>
internal sealed partial class ProgressReporter(IServiceScopeFactory scopes, TimeProvider timeProvider, ILogger<ProgressReporter> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public Reporting Start(Guid runUid, long fence) => new(this, timeProvider, runUid, fence);

    private async Task StoreAsync(Guid runUid, long fence, string summary, CancellationToken cancellationToken)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                // A scope of its own: the handler's may be in use by the executor.
                var runs = scope.ServiceProvider.GetRequiredService<IIngestRunStore>();
                await runs.ReportAsync(runUid, fence, new RunReport.Summary(summary), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotReported(exception, runUid);
        }
    }

    [LoggerMessage(EventIds.ProgressNotReported, LogLevel.Warning, "The progress of run {RunUid} could not be stored", EventName = "ProgressNotReported")]
    private partial void LogNotReported(Exception exception, Guid runUid);

    /// <summary>Represents the reporting of one attempt; disposing of it ends it.</summary>
    internal sealed class Reporting : IProgress<IReadOnlyDictionary<string, RecordCounts>>, IAsyncDisposable
    {
        private readonly ProgressReporter _owner;
        private readonly Guid _runUid;
        private readonly long _fence;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;
        private IReadOnlyDictionary<string, RecordCounts>? _latest;

        public Reporting(ProgressReporter owner, TimeProvider timeProvider, Guid runUid, long fence)
        {
            _owner = owner;
            _runUid = runUid;
            _fence = fence;
            _loop = LoopAsync(timeProvider);
        }

        public void Report(IReadOnlyDictionary<string, RecordCounts> value) => Volatile.Write(ref _latest, value);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
            _stop.Dispose();
        }

        private async Task LoopAsync(TimeProvider timeProvider)
        {
            using var timer = new PeriodicTimer(Period, timeProvider);
            try
            {
                while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                {
                    if (Interlocked.Exchange(ref _latest, null) is { } counts)
                    {
                        await _owner.StoreAsync(_runUid, _fence, RunSummary.ToJson(counts), _stop.Token).ConfigureAwait(false);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The attempt is over; its end carries the final counts.
            }
        }
    }
}
