using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Upkeep;

/// <summary>Removes what retention no longer covers, in small batches with pauses between, and asks how the store is doing.</summary>
/// <remarks>Every process does so in its own time; two that meet share the work. Whatever fails is told and tried again the next time.</remarks>
internal sealed partial class JobUpkeep(
    IJobMaintenance? maintenance, JobsOptions options, JobsInstruments instruments, TimeProvider timeProvider, ILogger logger) : BackgroundService
{
    private const int BatchSize = 500;
    private const double Jitter = 0.2;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (maintenance is null || !options.Enabled)
        {
            return;
        }

        await Task.WhenAll(
            RepeatAsync(WatchEvery, token => WatchAsync(maintenance, token), stoppingToken),
            RepeatAsync(options.RetentionInterval, token => PruneAsync(maintenance, token), stoppingToken)).ConfigureAwait(false);
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> turn, CancellationToken stop)
    {
        // The first turn comes at any time within the first interval, so that what starts together doesn't go on together.
        var wait = every * options.Retry.Randomizer();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, timeProvider, stop).ConfigureAwait(false);
                wait = every * (1 + (Jitter * ((2 * options.Retry.Randomizer()) - 1)));
                await turn(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                instruments.OnStoreFailed("maintenance");
                Log.MaintenanceFailed(logger, exception);
            }
        }
    }

    private async Task WatchAsync(IJobMaintenance store, CancellationToken stop) =>
        instruments.OnStoreHealth(await CallAsync(store.GetHealthAsync, stop).ConfigureAwait(false));

    private async Task PruneAsync(IJobMaintenance store, CancellationToken stop)
    {
        var all = 0;
        int removed;
        do
        {
            var started = timeProvider.GetTimestamp();
            removed = await CallAsync(token => store.PruneAsync(options.Retention, BatchSize, token), stop).ConfigureAwait(false);
            all += removed;
            instruments.OnPruned(removed);
            if (removed == BatchSize)
            {
                // Four fifths of the time the store is left alone, so that a loaded one, which takes longer, has longer pauses.
                var pause = 4 * timeProvider.GetElapsedTime(started);
                await Task.Delay(pause > LeastPause ? pause : LeastPause, timeProvider, stop).ConfigureAwait(false);
            }
        }
        while (removed == BatchSize);
        if (all > 0)
        {
            Log.Pruned(logger, all);
        }
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(CallLimit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        return await call(linked.Token).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.MaintenanceFailed, LogLevel.Warning, "The job store could not be looked after; it is tried again.", EventName = "MaintenanceFailed")]
        public static partial void MaintenanceFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventIds.Pruned, LogLevel.Information, "{Count} ended jobs were removed, by the retention that is configured.", EventName = "Pruned")]
        public static partial void Pruned(ILogger logger, int count);
    }
}
