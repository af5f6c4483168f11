using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Switchyard.Ingest.Bundles;

/// <summary>Keeps what was read for a while. When a later reading fails, what was read before goes on being served.</summary>
internal sealed partial class CachedBundleRegistry(
    IOptions<IngestOptions> options, TimeProvider timeProvider, ILogger<CachedBundleRegistry> logger) : IBundleRegistry, IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Copy? _copy;

    public async Task<Bundle?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var copy = _copy;
        if (copy is null || IsOld(copy))
        {
            copy = await ReadAgainAsync(cancellationToken).ConfigureAwait(false);
        }

        return copy.Bundles.GetValueOrDefault(key);
    }

    public void Dispose() => _reading.Dispose();

    private bool IsOld(Copy copy) => timeProvider.GetElapsedTime(copy.ReadAt) >= options.Value.BundleLifetime;

    private async Task<Copy> ReadAgainAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _copy is { } copy && !IsOld(copy) ? copy : _copy = Read(_copy);
        }
        finally
        {
            _reading.Release();
        }
    }

    private Copy Read(Copy? before)
    {
        try
        {
            return new(BundleSource.Read(options.Value.BundlesPath, options.Value.UseSample), timeProvider.GetTimestamp());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            if (before is null)
            {
                throw new BundlesUnavailableException($"The bundles can't be read: {exception.Message}", exception);
            }

            LogStaleServed(exception.Message);
            return before with { ReadAt = timeProvider.GetTimestamp() };
        }
    }

    [LoggerMessage(EventIds.StaleBundlesServed, LogLevel.Warning, "The bundles can't be read again, so what was read before is used: {Reason}", EventName = "StaleBundlesServed")]
    private partial void LogStaleServed(string reason);

    private sealed record Copy(IReadOnlyDictionary<string, Bundle> Bundles, long ReadAt);
}
