using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver.Tests;

/// <summary>An app on loopback with a receiver at <c>/hooks</c>, whose handler does what a test says.</summary>
internal sealed class ReceiverApp : IAsyncDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(1) };
    private WebApplication _app = null!;

    public ManualTimeProvider Clock { get; } = new();

    public WebhookSecret Secret { get; } = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));

    public WebhookSecret OldSecret { get; } = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(24));

    public ConcurrentQueue<WebhookDelivery> Handled { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public Func<WebhookDelivery, CancellationToken, Task> OnDelivery { get; set; } = (_, _) => Task.CompletedTask;

    public string Url => _app.Urls.Single();

    public static async Task<ReceiverApp> StartAsync(Action<WebhookReceiverOptions>? configure = null, Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null)
    {
        var receiver = new ReceiverApp();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new LogQueue(receiver.Log));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(receiver.Clock);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new(
            [new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement()], []));
        builder.Services.AddAuthentication();
        build?.Invoke(builder);
        builder.Services.AddWebhookReceiver(options =>
        {
            options.Secrets.Add(receiver.Secret.Reveal());
            options.Secrets.Add(receiver.OldSecret.Reveal());
            configure?.Invoke(options);
        });
        receiver._app = builder.Build();
        receiver._app.MapWebhookReceiver("/hooks", receiver.HandleAsync);
        map?.Invoke(receiver._app);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Makes a delivery with the headers of a proper sender, for a test to break.</summary>
    public HttpRequestMessage Delivery(string id = "msg_1", string body = "{\"a\":1}", WebhookSecret? secret = null, int seconds = 0, string path = "/hooks")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var timestamp = Clock.GetUtcNow().AddSeconds(seconds);
        var request = new HttpRequestMessage(HttpMethod.Post, Url + path) { Content = new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } } };
        request.Headers.Add(WebhookHeaders.IdName, id);
        request.Headers.Add(WebhookHeaders.TimestampName, WebhookSignature.FormatTimestamp(timestamp));
        request.Headers.Add(WebhookHeaders.SignatureName, WebhookSignature.Sign(secret ?? Secret, id, timestamp, bytes));
        return request;
    }

    /// <summary>Sends, and gives status and body as one text.</summary>
    public Task<string> SendAsync(HttpRequestMessage request) => SendUntilAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Sends, and hangs up when the token says so.</summary>
    public async Task<string> SendUntilAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var answer = await _client.SendAsync(request, cancellationToken))
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            Assert.Equal(body.Length > 0 ? "application/json" : null, answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(answer.StatusCode == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count == 1);
            Assert.Equal(answer.StatusCode == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
            return $"{(int)answer.StatusCode} {body}".TrimEnd();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        Handled.Enqueue(delivery);
        return OnDelivery(delivery, cancellationToken);
    }

    private sealed class LogQueue(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {eventId.Name} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
