using Switchyard.Conformance.Blobs;

namespace Switchyard.Blobs.FileSystem.Tests;

public sealed class FileSystemBlobStoreConformanceTests : BlobStoreConformance
{
    private readonly FileSystemBlobs _blobs = new();

    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(_blobs.Open());

    protected override Task BreakAsync()
    {
        // As an unmounted volume would.
        Directory.Delete(_blobs.Options.Directory!, recursive: true);
        return Task.CompletedTask;
    }

    protected override Task ReleaseAsync()
    {
        _blobs.Dispose();
        return Task.CompletedTask;
    }
}
