using System.Security.Cryptography;
using PackageConsumer.Snippets;
using Switchyard.Outbound;
using Switchyard.Webhooks;

namespace PackageConsumer.Uses;

/// <summary>Receives a signed webhook on loopback, and shows that the guard keeps users' URLs from getting there.</summary>
internal static class GuardedWebhooks
{
    public static async Task<string> UseAsync()
    {
        var secret = WebhookSecret.FromBytes(RandomNumberGenerator.GetBytes(32));
        var builder = Host.CreateBuilder();
        builder.Configuration["WEBHOOK_SECRET"] = secret.Reveal();
        Snippets.Outbound.Add(builder);
        await using var app = AspNetCoreWebhookReceiver.Build(builder);
        await app.StartAsync();
        var url = new Uri(app.Urls.Single() + "/hooks/switchyard");

        var told = await Snippets.Outbound.CallAsync(app.Services.GetRequiredService<IOutboundGuard>(), url, CancellationToken.None);
        Host.Require(told == "This URL can't be called: the address is loopback.", "the guard refuses loopback");

        await using var trusting = new ServiceCollection().AddOutboundGuard(o => o.AllowedNetworks.Add("127.0.0.1/32")).BuildServiceProvider();
        using var request = Sign(secret, url, "{\"a\":1}"u8.ToArray());
        using var answer = await trusting.GetRequiredService<IOutboundGuard>().SendAsync(request, CancellationToken.None);
        Host.Require((int)answer.StatusCode == StatusCodes.Status204NoContent, "the signed delivery is taken");
        Host.Require(await File.ReadAllTextAsync("msg_1.json") == "{\"a\":1}", "the delivery was handled");
        await app.StopAsync();
        return "a signed webhook was received, and a user's URL to loopback was refused";
    }

    private static HttpRequestMessage Sign(WebhookSecret secret, Uri url, byte[] body)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookHeaders.IdName, "msg_1");
        request.Headers.Add(WebhookHeaders.TimestampName, WebhookSignature.FormatTimestamp(now));
        request.Headers.Add(WebhookHeaders.SignatureName, WebhookSignature.Sign(secret, "msg_1", now, body));
        return request;
    }
}
