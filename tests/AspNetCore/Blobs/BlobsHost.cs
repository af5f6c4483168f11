using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Blobs.FileSystem;
using Switchyard.TestKit;

namespace Switchyard.AspNetCore.Blobs.Tests;

/// <summary>A real server on loopback that serves file-system blobs in a folder of its own.</summary>
internal sealed class BlobsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BlobsHost(WebApplication app, TemporaryFolder folder, ManualTimeProvider clock, CapturedLogs logs)
    {
        _app = app;
        Folder = folder;
        Clock = clock;
        Logs = logs;
    }

    public TemporaryFolder Folder { get; }

    public ManualTimeProvider Clock { get; }

    public CapturedLogs Logs { get; }

    public HttpClient Client { get; } = new();

    public IBlobStore Store => _app.Services.GetRequiredService<IBlobStore>();

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<BlobsHost> StartAsync(Action<IServiceCollection>? services = null)
    {
        var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        var logs = new CapturedLogs();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);

        // A limit that no test's upload keeps to: it must not count where the signature states one.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 10);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        services?.Invoke(builder.Services);
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.Directory = folder.Combine("blobs");
            o.PublicUrl = new Uri("http://127.0.0.1");
            o.SigningKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        });
        builder.Services.AddBlobsApi();
        var app = builder.Build();
        app.MapBlobs();
        await app.StartAsync(Token);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        app.Services.GetRequiredService<IOptions<FileSystemBlobsOptions>>().Value.PublicUrl = address;
        return new BlobsHost(app, folder, clock, logs) { Address = address };
    }

    public Task<Uri> UploadUrlAsync(string key = "in/object", long maxBytes = 1_000_000) =>
        Store.CreateUploadUrlAsync(key, new UploadGrant(TimeSpan.FromHours(1), maxBytes), Token);

    public Task<Uri> DownloadUrlAsync(string key = "in/object") => Store.CreateDownloadUrlAsync(key, TimeSpan.FromHours(1), Token);

    /// <summary>Gets every file below the blobs' folder: what a refused upload must not add to.</summary>
    public string[] Files() => [.. Directory.EnumerateFiles(Folder.Combine("blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public async Task<byte[]?> ReadAsync(string key = "in/object")
    {
        await using var stream = await Store.OpenReadAsync(key, Token);
        if (stream is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Folder.Dispose();
    }
}
