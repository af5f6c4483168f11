using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Removes what the ledger no longer needs to keep, once an hour and in small batches. Every process does so; two that meet share the work.</summary>
internal sealed partial class LedgerPruner(RecurrenceTickerParts parts)
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(IRecurrenceStore store, CancellationToken stop)
    {
        // At any time within the first hour, so that what starts together doesn't go on together.
        var wait = Every * parts.Randomizer();
        while (parts.Options.LedgerRetention is { } retention && !stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, parts.TimeProvider, stop).ConfigureAwait(false);
                wait = await store.PruneAsync(retention, BatchSize, stop).ConfigureAwait(false) == BatchSize ? Pause : Every;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                wait = Every;
                parts.JobsInstruments.OnStoreFailed("maintenance");
                Log.PruneFailed(parts.Logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LedgerPruneFailed, LogLevel.Warning, "Old rows of the ledger could not be removed; it is tried again in an hour.", EventName = "LedgerPruneFailed")]
        public static partial void PruneFailed(ILogger logger, Exception exception);
    }
}
