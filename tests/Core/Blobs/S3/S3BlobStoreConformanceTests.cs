using Switchyard.Conformance.Blobs;

namespace Switchyard.Blobs.S3.Tests;

public sealed class S3BlobStoreConformanceTests : BlobStoreConformance
{
    private S3Blobs _blobs = null!;

    protected override async Task<IBlobStore> CreateAsync()
    {
        _blobs = await S3Blobs.StartAsync();
        _blobs.Server.PageSize = 7;
        return _blobs.Store;
    }

    protected override Task BreakAsync() => _blobs.Server.StopAsync();

    protected override Task ReleaseAsync() => _blobs.DisposeAsync().AsTask();
}
