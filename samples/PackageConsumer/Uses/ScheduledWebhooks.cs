using System.Security.Cryptography;
using Switchyard.Outbound;
using Switchyard.Scheduling;
using Switchyard.Webhooks;

namespace PackageConsumer.Uses;

/// <summary>Makes a schedule with a webhook on loopback, runs it now, and checks the signature of what arrives.</summary>
internal static class ScheduledWebhooks
{
    private const string Subject = "user-1";

    public static async Task<string> UseAsync()
    {
        var received = new TaskCompletionSource<(WebhookHeaders Headers, byte[] Body)>();
        var builder = Host.CreateBuilder();
        Snippets.Scheduling.Add(builder, RandomNumberGenerator.GetBytes(32));
        builder.Services.Configure<OutboundGuardOptions>(o => o.AllowedNetworks.Add("127.0.0.1/32"));
        await using var app = builder.Build();
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.TrySetResult((new(request.Headers[WebhookHeaders.IdName], request.Headers[WebhookHeaders.TimestampName], request.Headers[WebhookHeaders.SignatureName]), body.ToArray()));
        });
        await app.StartAsync();

        await using var scope = app.Services.CreateAsyncScope();
        var schedules = scope.ServiceProvider.GetRequiredService<ScheduleService>();
        var executions = scope.ServiceProvider.GetRequiredService<ExecutionService>();
        var id = await Snippets.Scheduling.BackUpDailyAsync(
            schedules, scope.ServiceProvider.GetRequiredService<WebhookService>(), Subject, Guid.NewGuid(), new Uri(app.Urls.Single() + "/hook"));
        var run = (RunResult.Stored)await schedules.RunAsync(Subject, id);

        var (headers, sent) = await received.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var secret = WebhookSecret.Parse(await File.ReadAllTextAsync("signing-secret.txt"));
        Host.Require(WebhookSignature.Verify([secret], headers, sent, TimeProvider.System.GetUtcNow()) == WebhookVerification.Valid, "the signature is good");
        var ended = await Host.EventuallyAsync("the delivery has ended", async () =>
            await executions.FindAsync(Subject, run.Executions[0].Id) is ExecutionResult.Done { Execution: { FinishedAt: not null } execution } ? execution : null);
        Host.Require(ended.Status == ExecutionStatus.Success, $"the delivery succeeded: {ended.Error}");
        await Snippets.Scheduling.WhyAsync(schedules, Subject, id, TimeProvider.System);
        await Snippets.Scheduling.ReplayYesterdayAsync(executions, Subject, id, TimeProvider.System);
        await app.StopAsync();
        return $"a signed delivery arrived and answered {ended.Answer?.StatusCode}";
    }
}
