using Switchyard.Blobs;
using Switchyard.Conformance.Blobs;

namespace Switchyard.AspNetCore.Blobs.Tests;

public sealed class FileSystemBlobUrlConformanceTests : BlobUrlConformance
{
    private BlobsHost _host = null!;

    protected override async Task<IBlobStore> CreateAsync()
    {
        _host = await BlobsHost.StartAsync();
        return _host.Store;
    }

    protected override void Advance(TimeSpan by) => _host.Clock.Advance(by);

    protected override Task ReleaseAsync() => _host.DisposeAsync().AsTask();
}
