using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Worker;

/// <summary>Stores the configured limits of kinds before the first claim, for as long as it takes: a claim without them might exceed them.</summary>
internal sealed partial class KindLimitWriter(JobWorkerParts parts)
{
    private readonly StoreBackoff _backoff = new(parts.TimeProvider, parts.Randomizer);

    public async Task WriteAsync(CancellationToken stop)
    {
        // Of two limits for one kind the later stands.
        var limits = parts.KindLimits.GroupBy(limit => limit.Kind, StringComparer.Ordinal).Select(kind => kind.Last()).ToArray();
        foreach (var limit in limits)
        {
            while (!await TryWriteAsync(limit, stop).ConfigureAwait(false))
            {
                await _backoff.WaitAsync(stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryWriteAsync(ConfiguredKindLimits configured, CancellationToken stop)
    {
        try
        {
            using var limit = new CancellationTokenSource(parts.Options.LeaseDuration, parts.TimeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            await parts.KindStore!.SetLimitsAsync(configured.Kind, configured.Limits, linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            parts.Instruments.OnStoreFailed("limits");
            Log.LimitsFailed(parts.Logger, exception, configured.Kind);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LimitsFailed, LogLevel.Warning, "The limits of kind {Kind} could not be stored; nothing is claimed before they are.", EventName = "LimitsFailed")]
        public static partial void LimitsFailed(ILogger logger, Exception exception, string kind);
    }
}
