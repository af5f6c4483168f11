using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;
using Switchyard.Webhooks;

namespace Switchyard.AspNetCore.WebhookReceiver.Tests;

public sealed class MapWebhookReceiverTests
{
    private const string Missing = "400 {\"error\":\"The headers webhook-id, webhook-timestamp and webhook-signature are required.\"}";
    private const string Malformed = "400 {\"error\":\"The headers webhook-id, webhook-timestamp and webhook-signature must each be there once and well formed.\"}";
    private const string BadSignature = "401 {\"error\":\"The signature is not valid.\"}";
    private const string Stale = "401 {\"error\":\"The timestamp is too far from this receiver\\u0027s clock.\"}";
    private const string TooLarge = "413 {\"error\":\"The body is larger than this receiver accepts.\"}";
    private const string Failed = "500 {\"error\":\"The delivery was not handled; try again.\"}";
    private const string InProgress = "503 {\"error\":\"Another delivery of this message is being handled; try again.\"}";

    [Fact]
    public async Task Delivery_is_handled_as_it_was_sent_though_everything_else_asks_for_a_login()
    {
        await using var app = await ReceiverApp.StartAsync();

        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_1", "{\"ä\":1}", seconds: -300)));

        var delivery = Assert.Single(app.Handled);
        Assert.Equal(("msg_1", app.Clock.GetUtcNow().AddSeconds(-300), "application/json"), (delivery.Id, delivery.Timestamp, delivery.ContentType));
        Assert.Equal("{\"ä\":1}", Encoding.UTF8.GetString(delivery.Body.Span));
    }

    [Fact]
    public async Task Either_secret_is_good_while_they_are_rotated()
    {
        await using var app = await ReceiverApp.StartAsync();

        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_1", secret: app.Secret)));
        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_2", secret: app.OldSecret)));
        Assert.Equal(BadSignature, await app.SendAsync(app.Delivery("msg_3", secret: WebhookSecret.FromBytes(new byte[32]))));
        Assert.Equal(2, app.Handled.Count);
    }

    [Fact]
    public async Task Bad_deliveries_are_refused_and_never_reach_the_handler()
    {
        await using var app = await ReceiverApp.StartAsync(options => options.MaxBodyBytes = 100);
        (string Expected, Action<HttpRequestMessage> Break)[] table =
        [
            (Missing, request => request.Headers.Remove("webhook-id")),
            (Missing, request => request.Headers.Remove("webhook-timestamp")),
            (Missing, request => request.Headers.Remove("webhook-signature")),
            (Malformed, request => request.Headers.Add("webhook-id", "msg_2")),
            (Malformed, request => Replace(request, "webhook-id", "a.b")),
            (Malformed, request => Replace(request, "webhook-timestamp", "soon")),
            (Malformed, request => Replace(request, "webhook-timestamp", "-1")),
            (BadSignature, request => Replace(request, "webhook-id", "msg_2")),
            (BadSignature, request => Replace(request, "webhook-signature", "v1,AAAA")),
            (BadSignature, request => request.Content = new StringContent("{\"a\":2}")),
            (BadSignature, request => request.Content = null),
            (TooLarge, request => request.Content = new StringContent(new string('x', 101))),
            (TooLarge, request => (request.Content, request.Headers.TransferEncodingChunked) = (new StringContent(new string('x', 101)), true)),
        ];

        foreach (var (expected, spoil) in table)
        {
            var request = app.Delivery();
            spoil(request);
            Assert.Equal(expected, await app.SendAsync(request));
        }

        Assert.Equal(Stale, await app.SendAsync(app.Delivery(seconds: -301)));
        Assert.Equal(Stale, await app.SendAsync(app.Delivery(seconds: 301)));
        Assert.Empty(app.Handled);
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.All(app.Log, line => Assert.StartsWith("Information DeliveryRefused A delivery was refused: ", line, StringComparison.Ordinal));
        Assert.Equal(table.Length + 2, app.Log.Count);
    }

    [Fact]
    public async Task Message_is_handled_once_for_as_long_as_receipts_live()
    {
        await using var app = await ReceiverApp.StartAsync();

        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.Single(app.Handled);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.Equal(2, app.Handled.Count);
    }

    [Fact]
    public async Task Receipts_are_bounded_and_the_oldest_go_first()
    {
        await using var app = await ReceiverApp.StartAsync(options => options.MaxReceipts = 2);
        foreach (var id in (string[])["a", "b", "c", "b", "c", "a"])
        {
            Assert.Equal("204", await app.SendAsync(app.Delivery(id)));
        }

        Assert.Equal(["a", "b", "c", "a"], app.Handled.Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task Failed_delivery_says_nothing_of_the_failure_and_is_handled_when_it_comes_again()
    {
        await using var app = await ReceiverApp.StartAsync();
        app.OnDelivery = (_, _) => throw new InvalidOperationException("inner details");

        Assert.Equal(Failed, await app.SendAsync(app.Delivery()));
        app.OnDelivery = (_, _) => Task.CompletedTask;
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.Equal("204", await app.SendAsync(app.Delivery()));

        Assert.Equal(2, app.Handled.Count);
        Assert.Contains("Error DeliveryFailed Delivery msg_1 was not handled System.InvalidOperationException: inner details", Assert.Single(app.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_delivery_of_a_message_that_is_being_handled_is_sent_back()
    {
        await using var app = await ReceiverApp.StartAsync();
        var mayEnd = new TaskCompletionSource();
        app.OnDelivery = (_, _) => mayEnd.Task;
        var first = app.SendAsync(app.Delivery());
        await Eventually.HoldsAsync(() => app.Handled.Count == 1, "the first delivery is being handled");

        Assert.Equal(InProgress, await app.SendAsync(app.Delivery()));
        mayEnd.SetResult();

        Assert.Equal("204", await first);
        Assert.Equal("204", await app.SendAsync(app.Delivery()));
        Assert.Single(app.Handled);
    }

    [Fact]
    public async Task Of_fifty_at_once_one_is_handled()
    {
        await using var app = await ReceiverApp.StartAsync();
        app.OnDelivery = async (_, _) => await Task.Yield();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.SendAsync(app.Delivery())));

        Assert.Single(app.Handled);
        Assert.All(answers, answer => Assert.True(answer is "204" or InProgress, answer));
    }

    [Fact]
    public async Task Sender_that_hangs_up_cancels_the_handler_and_may_come_again()
    {
        await using var app = await ReceiverApp.StartAsync();
        using var hangUp = new CancellationTokenSource();
        app.OnDelivery = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        var sending = app.SendUntilAsync(app.Delivery(), hangUp.Token);
        await Eventually.HoldsAsync(() => app.Handled.Count == 1, "the delivery is being handled");

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        app.OnDelivery = (_, _) => Task.CompletedTask;

        await Eventually.HoldsAsync(async () => await app.SendAsync(app.Delivery()) == "204", "the next delivery is handled");
        Assert.Equal(2, app.Handled.Count);
    }

    [Fact]
    public async Task Receipts_that_fail_make_the_sender_try_again()
    {
        await using var app = await ReceiverApp.StartAsync(build: builder => builder.Services.AddSingleton<IWebhookReceipts, BrokenReceipts>());

        Assert.Equal(Failed, await app.SendAsync(app.Delivery()));

        Assert.Empty(app.Handled);
    }

    [Fact]
    public async Task Service_handles_deliveries_and_routes_know_messages_apart()
    {
        var counts = new Counts();
        await using var app = await ReceiverApp.StartAsync(
            build: builder => builder.Services.AddSingleton(counts).AddScoped<CountingHandler>(),
            map: host => host.MapWebhookReceiver<CountingHandler>("/typed"));

        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_1", path: "/typed")));
        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_1", path: "/hooks")));
        Assert.Equal("204", await app.SendAsync(app.Delivery("msg_1", path: "/typed")));

        Assert.Equal(1, counts.Value);
        Assert.Single(app.Handled);
    }

    [Fact]
    public async Task Other_methods_are_not_mapped()
    {
        await using var app = await ReceiverApp.StartAsync(
            build: builder => builder.Services.PostConfigure<Microsoft.AspNetCore.Authorization.AuthorizationOptions>(options => options.FallbackPolicy = null));
        var request = app.Delivery();
        request.Method = HttpMethod.Put;

        Assert.Equal("405", await app.SendAsync(request));
    }

    [Fact]
    public void What_is_missing_is_told_with_the_line_to_add()
    {
        var bare = WebApplication.CreateSlimBuilder().Build();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWebhookReceiver();
        var configured = builder.Build();

        Assert.Contains("AddWebhookReceiver(o => o.Secrets.Add(", Assert.Throws<InvalidOperationException>(() => bare.MapWebhookReceiver("/x", (_, _) => Task.CompletedTask)).Message, StringComparison.Ordinal);
        Assert.Contains("AddScoped<CountingHandler>()", Assert.Throws<InvalidOperationException>(() => configured.MapWebhookReceiver<CountingHandler>("/x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_stop_the_start_without_repeating_a_secret()
    {
        Assert.Contains("Secrets is empty", StartFailure(_ => { }), StringComparison.Ordinal);
        var failure = StartFailure(options =>
        {
            options.Secrets.Add("whsec_canary");
            options.MaxBodyBytes = 0;
            options.Tolerance = TimeSpan.Zero;
        });
        Assert.All(["Secrets[0]", "MaxBodyBytes", "Tolerance"], name => Assert.Contains(name, failure, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_twice_adds_once()
    {
        var services = new ServiceCollection().AddWebhookReceiver();
        var count = services.Count;

        Assert.Equal(count, services.AddWebhookReceiver().Count);
    }

    private static string StartFailure(Action<WebhookReceiverOptions> configure)
    {
        using var provider = new ServiceCollection().AddWebhookReceiver(configure).BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message;
    }

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private sealed class Counts
    {
        public int Value;
    }

    private sealed class CountingHandler(Counts counts) : IWebhookHandler
    {
        public Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counts.Value);
            return Task.CompletedTask;
        }
    }

    private sealed class BrokenReceipts : IWebhookReceipts
    {
        public ValueTask<WebhookReceipt> BeginAsync(string key, CancellationToken cancellationToken) => throw new IOException("The store is down.");

        public ValueTask CompleteAsync(string key, CancellationToken cancellationToken) => throw new IOException("The store is down.");

        public ValueTask ReleaseAsync(string key, CancellationToken cancellationToken) => throw new IOException("The store is down.");
    }
}
