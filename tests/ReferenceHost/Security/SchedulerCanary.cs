using Microsoft.AspNetCore.Http;
using Switchyard.ReferenceHost.Tests.Scheduling;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Walks the scheduler well and badly with marks in all that is secret, deliveries that fail included.</summary>
internal sealed class SchedulerCanary(HttpClient http, string token)
{
    private const string Header = "canary-header-value-3e7b";
    private const string NewHeader = "canary-new-header-value-8d15";
    private const string RefusedHeader = "canary-refused-header-value-04fa";

    /// <summary>The bodies of all errors so far.</summary>
    public List<string> ErrorBodies { get; } = [];

    /// <summary>Walks.</summary>
    /// <returns>What nobody but the owner may ever see.</returns>
    public async Task<IReadOnlyList<string>> WalkAsync()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.StatusOf = _ => StatusCodes.Status500InternalServerError;
        var client = new SchedulerClient(http, token);
        var job = await client.CreateJobAsync();
        var webhook = await client.CreateWebhookAsync(job, receiver.Url, $$$""","headers":{"Authorization":"Bearer {{{Header}}}"},"body_template":"x" """);
        await client.SendAsync("PUT", $"/webhooks/{webhook["id"]}", $$$"""{"headers":{"X-Api-Key":"{{{NewHeader}}}"}}""");
        var rotated = await client.PostAsync($"/webhooks/{webhook["id"]}/rotate-secret");
        await client.PostAsync($"/webhooks/{webhook["id"]}/test");
        await client.PostAsync($"/api/jobs/{job["id"]}/run");
        await Eventually.HoldsAsync(async () => (await client.ExecutionsAsync(job)).Any(item => (string?)item!["status"] == "dead_letter"), "the deliveries failed");
        Assert.Equal(NewHeader, receiver.All[^1].Headers["X-Api-Key"]);
        ErrorBodies.Add((await client.GetAsync($"/api/jobs/{job["id"]}/executions")).Body);
        await FailAsync(client, $"/webhooks/{webhook["id"]}");
        return [Header, NewHeader, RefusedHeader, Bare(webhook["signing_secret"]), Bare(rotated.Json["signing_secret"]), .. token.Split('.')[1..]];
    }

    private async Task FailAsync(SchedulerClient client, string webhook)
    {
        await RefusedAsync(client, "PUT", webhook, $$$"""{"headers":{"Authorization":"{{{RefusedHeader}}}\r\n"}}""");
        await RefusedAsync(client, "PUT", webhook, $$$"""{"headers":{"Authorization":["{{{RefusedHeader}}}"]}}""");
        await RefusedAsync(client, "PUT", webhook, $$$"""{"headers":{"Host":"{{{RefusedHeader}}}"}}""");
        await RefusedAsync(client, "PUT", webhook, $$$"""{"headers":{"Authorization":"{{{RefusedHeader}}}" """);
        await RefusedAsync(client, "POST", "/webhooks/preview", $$$"""{"url":"x","method":"GET","headers":{"Authorization":"{{{RefusedHeader}}}"}}""");
        await RefusedAsync(new SchedulerClient(http, token[..^6] + "canary"), "GET", webhook, null);
    }

    private async Task RefusedAsync(SchedulerClient client, string method, string path, string? body)
    {
        var answer = await client.SendAsync(method, path, body);
        Assert.InRange(answer.Status, 400, 499);
        ErrorBodies.Add(answer.Body + string.Join('\n', answer.Headers));
    }

    private static string Bare(object? secret) => $"{secret}"["whsec_".Length..];
}
