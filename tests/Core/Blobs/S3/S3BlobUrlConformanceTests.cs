using Switchyard.Conformance.Blobs;

namespace Switchyard.Blobs.S3.Tests;

public sealed class S3BlobUrlConformanceTests : BlobUrlConformance
{
    private S3Blobs _blobs = null!;

    protected override async Task<IBlobStore> CreateAsync()
    {
        _blobs = await S3Blobs.StartAsync();
        return _blobs.Store;
    }

    protected override void Advance(TimeSpan by) => _blobs.Server.ClockOffset += by;

    protected override Task ReleaseAsync() => _blobs.DisposeAsync().AsTask();
}
