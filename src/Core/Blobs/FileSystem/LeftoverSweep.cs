using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.FileSystem;

/// <summary>Deletes, once after the start, what crashed uploads left: old temporary files, and versions that no pointer names.</summary>
internal sealed partial class LeftoverSweep(
    FileSystemBlobStore store, IOptions<FileSystemBlobsOptions> options, TimeProvider time, ILogger<LeftoverSweep>? logger = null) : BackgroundService
{
    private readonly ILogger _logger = logger ?? NullLogger<LeftoverSweep>.Instance;

    internal int Sweep(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.LeftoverAge;
        var swept = 0;
        foreach (var path in Directory.EnumerateFiles(store.Layout.Uploads))
        {
            cancellationToken.ThrowIfCancellationRequested();
            swept += IsOlder(path, before) && TryDelete(path) ? 1 : 0;
        }

        foreach (var path in Directory.EnumerateFiles(store.Layout.Objects, "*@*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            swept += IsOlder(path, before) && IsOrphan(path) && TryDelete(path) ? 1 : 0;
        }

        return swept;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Off the caller's thread: with many objects this takes a while, and the host must not wait for it.
            await Task.Yield();
            LogLeftoversSwept(_logger, Sweep(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start sweeps.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogSweepFailed(_logger, exception);
        }
    }

    private static bool IsOlder(string path, DateTimeOffset before) => File.GetLastWriteTimeUtc(path) < before.UtcDateTime;

    private static bool IsOrphan(string path) =>
        BlobLayout.SplitData(path) is var (pointerPath, version) && BlobPointer.Read(pointerPath)?.Version != version;

    private bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogSweepFailed(_logger, exception);
            return false;
        }
    }

    [LoggerMessage(EventIds.LeftoversSwept, LogLevel.Debug, "Swept {Count} leftover files of crashed uploads", EventName = "LeftoversSwept")]
    private static partial void LogLeftoversSwept(ILogger logger, int count);

    [LoggerMessage(EventIds.SweepFailed, LogLevel.Warning, "Leftovers of crashed uploads couldn't be swept; the next start tries again", EventName = "SweepFailed")]
    private static partial void LogSweepFailed(ILogger logger, Exception exception);
}
