using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Switchyard.TestKit.S3;

/// <summary>
/// A double of S3 on loopback with one bucket in memory (path-style addresses). It really verifies Signature Version 4, in
/// headers and in the query, and knows PUT, GET, HEAD, DELETE, copy, their conditions, and ListObjectsV2 with pages.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SigV4Verifier _verifier;
    private readonly S3Operations _operations;

    private S3Server(WebApplication app)
    {
        _app = app;
        _verifier = new SigV4Verifier(Credentials, () => TimeProvider.System.GetUtcNow() + ClockOffset);
        _operations = new S3Operations(Bucket, Objects, () => PageSize);
    }

    public static S3Credentials Credentials { get; } = new("AKIASWITCHYARDTEST00", "not-a-secret/of-anybody+only-of-this-double", "eu-west-3");

    public string Bucket { get; } = "blobs";

    public Uri Url { get; private set; } = null!;

    /// <summary>What the bucket holds.</summary>
    public ConcurrentDictionary<string, S3Object> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The calls that were signed well, in order.</summary>
    public ConcurrentQueue<S3Call> Calls { get; } = [];

    /// <summary>How far the double's clock is ahead of the machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How many objects a page of a list holds at most.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Looks at every call that was signed well before it is answered, may change the bucket, and may let the call fail.</summary>
    public Func<S3Call, S3Fault?>? Intercept { get; set; }

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new S3Server(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        server.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <summary>Stops listening, as a server that is down.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var call = await S3Call.ReadAsync(context);
        if (_verifier.Check(call) is { } error)
        {
            await S3Answers.ErrorAsync(context, error);
            return;
        }

        Calls.Enqueue(call);
        if (Intercept?.Invoke(call) is { } fault)
        {
            await S3Answers.FaultAsync(context, fault);
            return;
        }

        await _operations.RunAsync(call);
    }
}
