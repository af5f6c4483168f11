using Microsoft.Extensions.DependencyInjection;
using Switchyard.TestKit.S3;

namespace Switchyard.Blobs.S3.Tests;

/// <summary>The store over a double of its own.</summary>
internal sealed class S3Blobs : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private S3Blobs(S3Server server, ServiceProvider provider)
    {
        Server = server;
        _provider = provider;
    }

    public S3Server Server { get; }

    public IBlobStore Store => _provider.GetRequiredService<IBlobStore>();

    public static async Task<S3Blobs> StartAsync(Action<S3BlobsOptions>? configure = null)
    {
        var server = await S3Server.StartAsync();
        var provider = new ServiceCollection().AddS3Blobs(o =>
        {
            o.Bucket = server.Bucket;
            o.Endpoint = server.Url;
            o.Region = S3Server.Credentials.Region;
            o.AccessKey = S3Server.Credentials.AccessKey;
            o.SecretKey = S3Server.Credentials.SecretKey;
            o.MaxRetries = 0;
            configure?.Invoke(o);
        }).Services.BuildServiceProvider();
        return new S3Blobs(server, provider);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Server.DisposeAsync();
    }
}
