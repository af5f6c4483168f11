using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.FileSystem;

/// <summary>The blob port on a folder; <see cref="BlobLayout"/> tells how objects lie in it.</summary>
internal sealed partial class FileSystemBlobStore : IBlobStore, IDisposable
{
    private readonly SignedBlobUrls _urls;
    private readonly BlobLayout _layout;
    private readonly BlobDisk _disk;
    private readonly KeyLocks _locks = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public FileSystemBlobStore(
        IOptions<FileSystemBlobsOptions> options, SignedBlobUrls urls, TimeProvider time, BlobDisk disk, ILogger<FileSystemBlobStore>? logger = null)
    {
        _urls = urls;
        _time = time;
        _logger = logger ?? NullLogger<FileSystemBlobStore>.Instance;
        _disk = disk;
        _layout = new BlobLayout(options.Value.Directory!);

        // Once, here, and never again: should the folder vanish later (an unmounted volume), its absence must not pass for absent objects.
        DiskFailure.Guard(() =>
        {
            BlobDisk.CreateFolder(_layout.Objects);
            BlobDisk.CreateFolder(_layout.Uploads);
        });
    }

    internal BlobLayout Layout => _layout;

    public Task<Uri> CreateUploadUrlAsync(string key, UploadGrant grant, CancellationToken cancellationToken) =>
        Task.FromResult(_urls.SignUpload(key, grant));

    public Task<Uri> CreateDownloadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(_urls.SignDownload(key, lifetime));

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Current(key) is { } pointer ? new BlobInfo(key, pointer.Size, pointer.Version) : null);
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        for (BlobPointer? seen = null; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pointer = Current(key);
            if (pointer is null)
            {
                return Task.FromResult<Stream?>(null);
            }

            if (OpenData(key, pointer.Value) is { } stream)
            {
                return Task.FromResult<Stream?>(stream);
            }

            // A writer replaced the version between the two steps; were it the same one again, its data would be lost.
            if (pointer == seen)
            {
                throw new BlobStoreUnavailableException("The data of an object is missing.");
            }

            seen = pointer;
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        using var held = await _locks.EnterAsync(key, cancellationToken).ConfigureAwait(false);
        var pointer = Current(key);
        if (pointer is null)
        {
            return;
        }

        DiskFailure.Guard(() =>
        {
            var path = _layout.Pointer(key);
            File.Delete(path);
            NativeFiles.FlushFolder(Path.GetDirectoryName(path)!);
        });
        DeleteOldVersion(_layout.Data(key, pointer.Value.Version));
    }

    public void Dispose() => _locks.Dispose();

    private BlobPointer? Current(string key)
    {
        var pointer = DiskFailure.Guard(() => BlobPointer.Read(_layout.Pointer(key)));
        return pointer is null && !Directory.Exists(_layout.Objects)
            ? throw new BlobStoreUnavailableException("The folder of the blobs is gone.")
            : pointer;
    }

    private FileStream? OpenData(string key, BlobPointer pointer)
    {
        var path = _layout.Data(key, pointer.Version);
        return DiskFailure.Guard(() =>
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        });
    }

    private void DeleteOldVersion(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogOldVersionKept(_logger, exception);
        }
    }

    [LoggerMessage(EventIds.OldVersionKept, LogLevel.Debug, "A replaced version couldn't be deleted; the sweep at the next start takes it", EventName = "OldVersionKept")]
    private static partial void LogOldVersionKept(ILogger logger, Exception exception);
}
