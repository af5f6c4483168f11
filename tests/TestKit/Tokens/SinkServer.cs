using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchyard.TestKit.Tokens;

/// <summary>A server on loopback that counts its requests: proof that nobody called where nobody must.</summary>
public sealed class SinkServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _hits;

    private SinkServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Starts a server that answers everything with one text.</summary>
    public static async Task<SinkServer> StartAsync(Func<string>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new SinkServer(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref sink._hits);
            return context.Response.WriteAsync(answer?.Invoke() ?? "");
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
