using System.Text;
using System.Text.Json;
using Switchyard.Scheduling.Receivers;
using Switchyard.Scheduling.Rendering;
using Switchyard.Webhooks;

namespace Switchyard.Scheduling.Editing;

public sealed class WebhookServiceTests
{
    private const string Canary = "canary-7f3a91c2d4";
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Created_webhook_shows_its_secret_once_and_keeps_nothing_of_it_in_the_clear()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        var (webhook, secret) = await host.WebhookAsync(schedule.Id, "https://a.example/x?y=1#z", request => request with
        {
            Headers = [KeyValuePair.Create("Authorization", Canary), KeyValuePair.Create("X-B", "b"), KeyValuePair.Create("X-A", "a")],
            QueryParams = [KeyValuePair.Create("q", "1")],
        });
        var found = await host.OnWebhooks(service => service.FindAsync(SchedulingHost.Ann, webhook.Id, Token));

        Assert.True(WebhookSecret.TryParse(secret, out _));
        var done = Assert.IsType<WebhookResult.Done>(found);
        Assert.Null(done.SigningSecret);
        Assert.Equal("https://a.example/x?y=1", done.Webhook.Url);
        Assert.Equal(["Authorization", "X-B", "X-A"], done.Webhook.Headers!.Select(header => header.Key));
        Assert.Equal(Canary, done.Webhook.Headers![0].Value);
        Assert.Equal(TimeSpan.FromSeconds(30), done.Webhook.Timeout);
        var stored = JsonSerializer.Serialize((await host.Webhooks.FindAsync(webhook.Id, Token))!.Webhook);
        Assert.DoesNotContain(Canary, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(Canary, StringComparison.Ordinal) || line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, done.ToString() + done.Webhook, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_of_a_job_that_is_not_there_or_not_ours_is_refused_before_its_values()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        var (webhook, _) = await host.WebhookAsync(schedule.Id, "https://a.example/");

        var nowhere = await host.OnWebhooks(service => service.CreateAsync(SchedulingHost.Ann, new() { JobId = Guid.NewGuid() }, Token));
        var foreign = await host.OnWebhooks(service => service.CreateAsync(SchedulingHost.Bob, new() { JobId = schedule.Id }, Token));
        var without = await host.OnWebhooks(service => service.CreateAsync(SchedulingHost.Ann, new(), Token));
        var get = await host.OnWebhooks(service => service.FindAsync(SchedulingHost.Bob, webhook.Id, Token));
        var put = await host.OnWebhooks(service => service.UpdateAsync(SchedulingHost.Bob, webhook.Id, new() { Method = "x" }, Token));
        var rotate = await host.OnWebhooks(service => service.RotateSecretAsync(SchedulingHost.Bob, webhook.Id, Token));
        var test = await host.OnWebhooks(service => service.TestAsync(SchedulingHost.Bob, webhook.Id, Token));
        var delete = await host.OnWebhooks(service => service.DeleteAsync(SchedulingHost.Bob, webhook.Id, Token));
        var unknown = await host.OnWebhooks(service => service.FindAsync(SchedulingHost.Ann, Guid.NewGuid(), Token));

        Assert.Equal((404, "JOB_NOT_FOUND"), Status(nowhere));
        Assert.Equal((403, "FORBIDDEN"), Status(foreign));
        Assert.Equal(["job_id", "url", "method"], Assert.IsType<WebhookResult.Refused>(without).Refusal.Problems.Select(problem => problem.Field));
        Assert.Equal((403, "FORBIDDEN"), Status(get));
        Assert.Equal((403, "FORBIDDEN"), Status(put));
        Assert.Equal((403, "FORBIDDEN"), Status(rotate));
        Assert.Equal(403, Assert.IsType<WebhookTestResult.Refused>(test).Refusal.Status);
        Assert.Equal(403, Assert.IsType<DeleteResult.Refused>(delete).Refusal.Status);
        Assert.Equal((404, "WEBHOOK_NOT_FOUND"), Status(unknown));
        Assert.Single(await host.Webhooks.ListAsync(schedule.Id, Token));
    }

    [Fact]
    public async Task Update_leaves_what_it_does_not_name_and_clears_what_is_empty()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (_, webhook) = await host.ScheduleToAsync("https://a.example/", request => request with { Headers = [KeyValuePair.Create("X-Key", "v")] });
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var same = await UpdateAsync(host, webhook.Id, new() { Headers = [KeyValuePair.Create("X-Key", "v")], Method = "POST" });
        var changed = await UpdateAsync(host, webhook.Id, new() { Url = "https://b.example/", Timeout = TimeSpan.FromSeconds(5) });
        var cleared = await UpdateAsync(host, webhook.Id, new() { Headers = [], BodyTemplate = "" });

        Assert.Equal(webhook.UpdatedAt, same.UpdatedAt);
        Assert.Equal(("https://b.example/", TimeSpan.FromSeconds(5), webhook.BodyTemplate), (changed.Url, changed.Timeout, changed.BodyTemplate));
        Assert.Equal("v", Assert.Single(changed.Headers!).Value);
        Assert.Equal(host.Now, changed.UpdatedAt);
        Assert.Null(cleared.Headers);
        Assert.Null(cleared.BodyTemplate);
    }

    [Fact]
    public async Task Masked_values_stay_when_they_are_sent_back()
    {
        await using var host = await SchedulingHost.StartAsync(options => options.MaskSecretHeaders = true);
        var (_, webhook) = await host.ScheduleToAsync("https://a.example/", request => request with
        {
            Headers = [KeyValuePair.Create("Authorization", Canary), KeyValuePair.Create("Content-Type", "text/plain")],
        });

        var updated = await UpdateAsync(host, webhook.Id, new() { Headers = [.. webhook.Headers!, KeyValuePair.Create("X-New", "n")] });

        Assert.Equal(["***", "text/plain", "n"], updated.Headers!.Select(header => header.Value));
        var stored = (await host.Webhooks.FindAsync(webhook.Id, Token))!.Webhook;
        var opened = new WebhookSecrets((TestProtector)host.Services.GetService(typeof(Secrets.ISecretProtector))!).OpenHeaders(stored);
        Assert.Equal([Canary, "text/plain", "n"], opened!.Select(header => header.Value));
    }

    [Fact]
    public async Task Rotated_secret_is_shown_once_and_the_old_one_signs_for_a_day()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        var (webhook, first) = await host.WebhookAsync(schedule.Id, receiver.Url);

        var rotated = Assert.IsType<WebhookResult.Done>(await host.OnWebhooks(service => service.RotateSecretAsync(SchedulingHost.Ann, webhook.Id, Token)));
        var second = rotated.SigningSecret!;
        await TestAsync(host, webhook.Id);
        host.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await TestAsync(host, webhook.Id);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await TestAsync(host, webhook.Id);

        var received = receiver.Requests.ToArray();
        Assert.NotEqual(first, second);
        Assert.Equal(rotated.Webhook.OldSecretUntil, rotated.Webhook.UpdatedAt + TimeSpan.FromHours(24));
        Assert.Equal([true, true, false], received.Select(request => Verifies(request, first)));
        Assert.All(received, request => Assert.True(Verifies(request, second)));
    }

    [Fact]
    public async Task Test_sends_once_and_stores_nothing()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(503, "Retry-After: 1", "X-Reason: busy"));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync(receiver.Url, request => request with { QueryParams = [KeyValuePair.Create("a", "b c")] });

        var test = await TestAsync(host, webhook.Id);

        Assert.Equal(ExecutionStatus.Failure, test.Status);
        Assert.Equal(503, test.Answer!.StatusCode);
        Assert.Contains("\"X-Reason\":\"busy\"", test.Answer.Headers, StringComparison.Ordinal);
        var received = Assert.Single(receiver.Requests);
        Assert.Equal("/hook?a=b%20c", received.Target);
        Assert.Equal(test.Request.Body, received.Text);
        Assert.All(test.Request.Headers, header => Assert.Equal(header.Value, received.Headers[header.Key]));
        Assert.Empty(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal(0, await host.Kernel.RunAllAsync());
    }

    [Fact]
    public async Task Preview_renders_without_sending_or_storing()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        var request = new PreviewWebhook { JobId = schedule.Id, Url = receiver.Url, Method = "PUT", BodyTemplate = """{"job":"{{job_name}}","{{nope}}":{{attempt}}}""" };

        var mine = Assert.IsType<WebhookPreviewResult.Rendered>(await host.OnWebhooks(service => service.PreviewAsync(SchedulingHost.Ann, request, Token))).Request;
        var sample = Assert.IsType<WebhookPreviewResult.Rendered>(await host.OnWebhooks(service => service.PreviewAsync(SchedulingHost.Bob, request with { JobId = null }, Token))).Request;
        var foreign = await host.OnWebhooks(service => service.PreviewAsync(SchedulingHost.Bob, request, Token));
        var bad = await host.OnWebhooks(service => service.PreviewAsync(SchedulingHost.Bob, new() { Url = "http://10.0.0.1/" }, Token));

        Assert.Equal("""{"job":"Daily Backup","{{nope}}":1}""", mine.Body);
        Assert.Equal(["Content-Type", "webhook-id", "webhook-timestamp", "traceparent", "User-Agent"], mine.Headers.Select(header => header.Key));
        Assert.Contains("Example job", sample.Body, StringComparison.Ordinal);
        Assert.Equal(403, Assert.IsType<WebhookPreviewResult.Refused>(foreign).Refusal.Status);
        Assert.Equal(["url", "method"], Assert.IsType<WebhookPreviewResult.Refused>(bad).Refusal.Problems.Select(problem => problem.Field));
        Assert.Empty(receiver.Requests);
        Assert.Empty(await host.Webhooks.ListAsync(schedule.Id, Token));
    }

    [Fact]
    public async Task Owner_disables_and_enables_a_webhook()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("https://a.example/");

        var off = await UpdateAsync(host, webhook.Id, new() { Enabled = false });
        await host.FireAsync(schedule.Id);
        var on = await UpdateAsync(host, webhook.Id, new() { Enabled = true });

        Assert.NotNull(off.DisabledAt);
        Assert.NotNull(off.DisabledReason);
        Assert.Equal((null, null), (on.DisabledAt, on.DisabledReason));
        var execution = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Failure, null), (execution.Status, execution.WebhookId));
        Assert.Equal("The job has no enabled webhook to deliver to.", execution.Error);
    }

    internal static bool Verifies(Received request, string secret)
    {
        var headers = new WebhookHeaders(request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"]);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers.Timestamp!, System.Globalization.CultureInfo.InvariantCulture));
        return WebhookSignature.Verify([WebhookSecret.Parse(secret)], headers, request.Body, at) == WebhookVerification.Valid;
    }

    private static async Task<WebhookDetails> UpdateAsync(SchedulingHost host, Guid id, UpdateWebhook request) =>
        Assert.IsType<WebhookResult.Done>(await host.OnWebhooks(service => service.UpdateAsync(SchedulingHost.Ann, id, request, Token))).Webhook;

    private static async Task<WebhookTest> TestAsync(SchedulingHost host, Guid id) =>
        Assert.IsType<WebhookTestResult.Tested>(await host.OnWebhooks(service => service.TestAsync(SchedulingHost.Ann, id, Token))).Test;

    private static (int Status, string Code) Status(WebhookResult result) =>
        (Assert.IsType<WebhookResult.Refused>(result).Refusal.Status, ((WebhookResult.Refused)result).Refusal.Code);
}
