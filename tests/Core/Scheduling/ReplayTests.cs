using Switchyard.Jobs;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling;

/// <summary>Runs by hand, and replays of one and of many.</summary>
public sealed class ReplayTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Run_now_delivers_to_each_webhook_and_leaves_the_next_run()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, first) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Enabled = false });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.WebhookAsync(schedule.Id, receiver.Url);

        var one = await RunAsync(host, schedule.Id);
        var two = await RunAsync(host, schedule.Id);
        await host.Kernel.RunAllAsync();

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal(first.Id, one[0].WebhookId);
        Assert.Equal(one.Concat(two).Select(row => row.Id).Order(), rows.Select(row => row.Id).Order());
        Assert.All(rows, row => Assert.Equal((ExecutionStatus.Success, ExecutionTrigger.Manual, host.Now), (row.Status, row.Trigger, row.ScheduledAt)));
        Assert.All(rows, row => Assert.Equal(5, row.Id.Version));
        Assert.Null((await host.Schedules.FindAsync(schedule.Id, Token))!.Recurrence.LastAt);
    }

    [Fact]
    public async Task Run_now_without_a_webhook_says_so()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        var row = Assert.Single(await RunAsync(host, schedule.Id));

        Assert.Equal((ExecutionStatus.Failure, "The job has no enabled webhook to deliver to."), (row.Status, row.Error));
        Assert.Equal(row, Assert.Single(await host.ExecutionsAsync(schedule.Id)));
    }

    [Fact]
    public async Task Replay_goes_on_counting_with_three_more_attempts_and_the_same_identity()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await DeadAsync(host, receiver);
        var dead = await host.ExecutionsAsync(schedule.Id);

        var replay = Assert.IsType<ExecutionResult.Done>(await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, dead[0].Id, Token))).Execution;
        Assert.Equal((dead[0].RootId, 4, ExecutionStatus.Queued, ExecutionTrigger.Replay), (replay.RootId, replay.Attempt, replay.Status, replay.Trigger));
        await PumpAsync(host, 3);

        var rows = await host.ExecutionsAsync(schedule.Id);
        Assert.Equal(
            [ExecutionStatus.DeadLetter, ExecutionStatus.Failure, ExecutionStatus.Failure, ExecutionStatus.DeadLetter],
            rows.Skip(2).Select(row => row.Status));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Attempt));
        Assert.StartsWith("Gave up after attempt 6.", rows[5].Error, StringComparison.Ordinal);
        Assert.Single(receiver.Requests.Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.Contains("\"attempt\":6", receiver.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_that_succeeds_ends_the_firing()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await DeadAsync(host, receiver);
        receiver.Answer = KestrelReceiver.Status(200);
        var last = (await host.ExecutionsAsync(schedule.Id))[^1];

        await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, last.Id, Token));
        await host.Kernel.RunAllAsync();
        var again = await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, last.Id, Token));

        Assert.Equal(ExecutionStatus.Success, (await host.ExecutionsAsync(schedule.Id))[^1].Status);
        Assert.Equal((409, "CONFLICT"), Status(again));
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_and_says_why()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        var empty = await host.ScheduleAsync();
        await host.FireAsync(schedule.Id);
        var queued = (await host.ExecutionsAsync(schedule.Id)).Single();
        var nobody = Assert.Single(await RunAsync(host, empty.Id));

        Assert.Equal((409, "CONFLICT"), Status(await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, queued.Id, Token))));
        Assert.Equal((409, "CONFLICT"), Status(await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, nobody.Id, Token))));
        Assert.Equal((404, "EXECUTION_NOT_FOUND"), Status(await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, Guid.NewGuid(), Token))));
        Assert.Equal((403, "FORBIDDEN"), Status(await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Bob, queued.Id, Token))));
        Assert.Equal((403, "FORBIDDEN"), Status(await host.OnExecutions(service => service.FindAsync(SchedulingHost.Bob, queued.Id, Token))));
        await PumpAsync(host, 3);
        await host.OnWebhooks(service => service.DeleteAsync(SchedulingHost.Ann, webhook.Id, Token));
        var orphan = await host.OnExecutions(service => service.ReplayAsync(SchedulingHost.Ann, queued.Id, Token));
        Assert.Equal((409, "CONFLICT"), Status(orphan));
        Assert.Contains("webhook", ((ExecutionResult.Refused)orphan).Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await host.ExecutionsAsync(schedule.Id)).Count);
    }

    [Fact]
    public async Task Many_are_replayed_oldest_first_capped_and_staggered()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync(options =>
        {
            options.MaxAttempts = 1;
            options.ReplayLimit = 3;
            options.ReplayStagger = TimeSpan.FromSeconds(10);
        });
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        for (var i = 0; i < 5; i++)
        {
            await host.FireAsync(schedule.Id);
            await host.Kernel.RunAllAsync();
        }

        receiver.Answer = KestrelReceiver.Status(200);
        var all = (await host.ExecutionsAsync(schedule.Id)).ToArray();
        var request = new ReplayMany { JobId = schedule.Id, Status = ExecutionStatus.DeadLetter, From = all[1].ScheduledAt };
        var replayed = Assert.IsType<ReplayManyResult.Replayed>(await host.OnExecutions(service => service.ReplayManyAsync(SchedulingHost.Ann, request, Token)));

        Assert.Equal(4, replayed.Matched);
        Assert.Equal(all.Skip(1).Take(3).Select(row => row.RootId), replayed.Executions.Select(row => row.RootId));
        Assert.Equal(1, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await host.Kernel.RunAllAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await host.Kernel.RunAllAsync());
        var rest = Assert.IsType<ReplayManyResult.Replayed>(await host.OnExecutions(service => service.ReplayManyAsync(SchedulingHost.Ann, request, Token)));
        Assert.Equal((1, 1), (rest.Executions.Count, (int)rest.Matched));
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Information 7 3 firings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_of_many_is_checked_like_everything_else()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        var without = await host.OnExecutions(service => service.ReplayManyAsync(SchedulingHost.Ann, new() { Status = ExecutionStatus.Success, Limit = 1001 }, Token));
        var backwards = await host.OnExecutions(service => service.ReplayManyAsync(
            SchedulingHost.Ann, new() { JobId = schedule.Id, From = host.Now, To = host.Now.AddTicks(-1), Limit = 0 }, Token));
        var foreign = await host.OnExecutions(service => service.ReplayManyAsync(SchedulingHost.Bob, new() { JobId = schedule.Id }, Token));
        var nowhere = await host.OnExecutions(service => service.ReplayManyAsync(SchedulingHost.Ann, new() { JobId = Guid.NewGuid() }, Token));

        Assert.Equal(["job_id", "status", "limit"], Assert.IsType<ReplayManyResult.Refused>(without).Refusal.Problems.Select(problem => problem.Field));
        Assert.Equal(["to", "limit"], Assert.IsType<ReplayManyResult.Refused>(backwards).Refusal.Problems.Select(problem => problem.Field));
        Assert.Equal(403, Assert.IsType<ReplayManyResult.Refused>(foreign).Refusal.Status);
        Assert.Equal(404, Assert.IsType<ReplayManyResult.Refused>(nowhere).Refusal.Status);
    }

    private static async Task<Schedule> DeadAsync(SchedulingHost host, KestrelReceiver receiver)
    {
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await PumpAsync(host, 3);
        return schedule;
    }

    private static async Task PumpAsync(SchedulingHost host, int attempts)
    {
        for (var i = 0; i < attempts; i++)
        {
            await host.Kernel.RunAllAsync();
            host.Clock.Advance(TimeSpan.FromMinutes(4));
        }
    }

    private static async Task<IReadOnlyList<Execution>> RunAsync(SchedulingHost host, Guid schedule) =>
        Assert.IsType<RunResult.Stored>(await host.OnSchedules(service => service.RunAsync(SchedulingHost.Ann, schedule, Token))).Executions;

    private static (int Status, string Code) Status(ExecutionResult result) =>
        (Assert.IsType<ExecutionResult.Refused>(result).Refusal.Status, ((ExecutionResult.Refused)result).Refusal.Code);
}
