using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling.Delivering;

/// <summary>What becomes of a delivery while somebody disables, removes, stops or loses something.</summary>
public sealed class InFlightTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Job_that_was_disabled_meanwhile_is_not_delivered()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, false, Token));

        await host.Kernel.RunAllAsync();

        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Failure, "The job was disabled before this attempt began."), (row.Status, row.Error));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Disabling_between_attempts_ends_the_firing()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, false, Token));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await host.Kernel.RunAllAsync());
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure], (await host.ExecutionsAsync(schedule.Id)).Select(row => row.Status));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Disabling_while_the_request_is_under_way_lets_it_end()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await KestrelReceiver.StartAsync(async _ =>
        {
            asked.SetResult();
            await answer.Task;
        });
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        var running = host.Kernel.RunAsync((await host.Kernel.ClaimAsync())!);
        await asked.Task.WaitAsync(Token);

        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, false, Token));
        answer.SetResult();
        await running;

        Assert.Equal(ExecutionStatus.Success, Assert.Single(await host.ExecutionsAsync(schedule.Id)).Status);
    }

    [Fact]
    public async Task Webhook_that_was_removed_meanwhile_is_a_failure()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.FireAsync(schedule.Id);
        Assert.IsType<DeleteResult.Deleted>(await host.OnWebhooks(service => service.DeleteAsync(SchedulingHost.Ann, webhook.Id, Token)));

        await host.Kernel.RunAllAsync();

        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Failure, "The webhook was removed before this attempt began."), (row.Status, row.Error));
    }

    [Fact]
    public async Task Removed_job_is_not_delivered_and_leaves_nothing()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Ann, schedule.Id, Token));

        Assert.True((await host.Kernel.RunOneAsync())!.Status == JobRunStatus.Succeeded);

        Assert.Empty(receiver.Requests);
        Assert.Empty(await host.ExecutionsAsync(schedule.Id));
    }

    [Fact]
    public async Task Removing_a_job_while_its_request_is_under_way_brings_nothing_back()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            asked.SetResult();
            await answer.Task;
            context.Response.StatusCode = 500;
        });
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        var running = host.Kernel.RunAsync((await host.Kernel.ClaimAsync())!);
        await asked.Task.WaitAsync(Token);

        await host.OnSchedules(service => service.DeleteAsync(SchedulingHost.Ann, schedule.Id, Token));
        answer.SetResult();
        await running;
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Kernel.RunAllAsync();

        Assert.Empty(await host.ExecutionsAsync(schedule.Id));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Stopped_delivery_throws_and_is_begun_again_as_the_same_attempt()
    {
        var asked = new TaskCompletionSource();
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            if (asked.TrySetResult())
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            }
        });
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        var job = (await host.Kernel.ClaimAsync())!;
        using var stop = new CancellationTokenSource();
        var running = host.Kernel.HandleAsync(job, stop.Token);
        await asked.Task.WaitAsync(Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await host.Services.GetRequiredService<IJobStore>().ReleaseAsync([job.Lease], Token);
        await host.Kernel.RunAllAsync();

        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Success, 1), (row.Status, row.Attempt));
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Lost_worker_costs_an_attempt_and_the_last_one_makes_a_dead_letter()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.FireAsync(schedule.Id);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var job = (await host.Kernel.ClaimAsync())!;
            await host.Executions.BeginAsync(new(job.Lease.JobId.Value, attempt, "gone", host.Now), Token);
            host.Clock.Advance(KernelPump.Lease + TimeSpan.FromSeconds(1));
        }

        await host.Kernel.RunAllAsync();

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.DeadLetter], rows.Select(row => row.Status));
        Assert.Equal(LostHandler.Error, rows[2].Error);
    }

    [Fact]
    public async Task Late_result_of_a_lost_lease_changes_nothing()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        var lost = (await host.Kernel.ClaimAsync())!;
        var late = await host.Kernel.HandleAsync(lost, Token);
        receiver.Answer = KestrelReceiver.Status(500);
        host.Clock.Advance(KernelPump.Lease + TimeSpan.FromSeconds(1));
        await host.Kernel.RunOneAsync();

        Assert.Equal(CompletionStatus.LeaseLost, await host.Kernel.CompleteAsync(lost, late));

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal([ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.Queued], rows.Select(row => row.Status));
    }

    [Fact]
    public async Task Secrets_that_cannot_be_opened_fail_the_attempt_without_naming_them()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        var lost = new TestProtector().Protect("x", "y");
        await host.Webhooks.ChangeAsync(webhook.Id, there => there with { SealedSecret = lost, SealedHeaders = lost }, Token);
        await host.FireAsync(schedule.Id);

        await host.Kernel.RunAllAsync();
        var test = await host.OnWebhooks(service => service.TestAsync(SchedulingHost.Ann, webhook.Id, Token));

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal("The webhook's headers or secret can't be decrypted here.", rows[0].Error);
        Assert.Equal(ExecutionStatus.Queued, rows[1].Status);
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Error 6 ", StringComparison.Ordinal));
        Assert.Equal(409, Assert.IsType<WebhookTestResult.Refused>(test).Refusal.Status);
    }

    [Fact]
    public async Task Owner_makes_a_webhook_good_again_whose_keys_are_lost()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync(receiver.Url);
        var lost = new TestProtector().Protect("x", "y");
        await host.Webhooks.ChangeAsync(webhook.Id, there => there with { SealedSecret = lost, SealedHeaders = lost }, Token);

        Assert.Null(Assert.IsType<WebhookResult.Done>(await host.OnWebhooks(service => service.FindAsync(SchedulingHost.Ann, webhook.Id, Token))).Webhook.Headers);
        await host.OnWebhooks(service => service.UpdateAsync(SchedulingHost.Ann, webhook.Id, new() { Headers = [KeyValuePair.Create("X-Key", "new")] }, Token));
        var rotated = Assert.IsType<WebhookResult.Done>(await host.OnWebhooks(service => service.RotateSecretAsync(SchedulingHost.Ann, webhook.Id, Token)));
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var received = Assert.Single(receiver.Requests);
        Assert.Equal("new", received.Headers["X-Key"]);
        Assert.True(Editing.WebhookServiceTests.Verifies(received, rotated.SigningSecret!));
    }

    [Fact]
    public async Task Body_that_outgrows_its_limit_fails_once()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(
            "http://127.0.0.1:9/",
            request => request with { BodyTemplate = string.Concat(Enumerable.Repeat("{{job_name}}", 20_000)) },
            request => request with { Name = new string('n', 255) });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();

        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Failure, DeliveryRules.BodyTooLong), (row.Status, row.Error));
    }
}
