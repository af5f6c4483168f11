using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Switchyard.Scheduling.Receivers;

/// <summary>A web server that keeps what it receives, and answers as the test says.</summary>
internal sealed class KestrelReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/hook";

    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>Gets or sets how a request is answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public static Task<KestrelReceiver> StartAsync(Func<HttpContext, Task>? answer = null) => StartAsync(null, answer);

    /// <summary>Starts one that speaks TLS by a certificate.</summary>
    public static async Task<KestrelReceiver> StartAsync(X509Certificate2? certificate, Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var receiver = new KestrelReceiver(app);
        receiver.Answer = answer ?? receiver.Answer;
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Answers with a status, and headers written as <c>Name: value</c>.</summary>
    public static Func<HttpContext, Task> Status(int code, params string[] headers) => context =>
    {
        context.Response.StatusCode = code;
        foreach (var header in headers)
        {
            var parts = header.Split(": ", 2);
            context.Response.Headers.Append(parts[0], parts[1]);
        }

        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body.ToArray()));
        await Answer(context);
    }
}

/// <summary>What a receiver got.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
