using Switchyard.Blobs;

namespace Switchyard.AspNetCore.Ingest.Tests.Jobs;

/// <summary>A blob store that nobody can reach.</summary>
internal sealed class BrokenBlobStore : IBlobStore
{
    public Task<Uri> CreateUploadUrlAsync(string key, UploadGrant grant, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task<Uri> CreateDownloadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task<BlobInfo?> FreezeAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task<BlobInfo> WriteAsync(string key, Stream content, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new BlobStoreUnavailableException();
}
