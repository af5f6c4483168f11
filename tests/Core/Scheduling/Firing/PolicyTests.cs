using System.Globalization;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling.Firing;

/// <summary>Misfire, catch-up and overlap policies from the schedule to ledger and executions, by the kernel's own planner.</summary>
public sealed class PolicyTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Missed_instants_are_coalesced_into_the_latest()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        host.Clock.Advance(TimeSpan.FromMinutes(32));

        await host.TickAsync();

        Assert.Equal(["08:05-08:25 x5 Coalesced", "08:30-08:30 x1 Fired"], await LedgerAsync(host, schedule.Id));
        Assert.Equal("08:30", Minute(Assert.Single(await host.ExecutionsAsync(schedule.Id)).ScheduledAt));
        var after = (await host.Schedules.FindAsync(schedule.Id, Token))!.Recurrence;
        Assert.Equal((host.Now, "08:35"), (after.LastAt, Minute(after.NextAt)));
    }

    [Fact]
    public async Task Missed_instants_are_skipped_and_the_ledger_says_so()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/", schedule: request => request with { MisfirePolicy = MisfirePolicy.Skip });
        host.Clock.Advance(TimeSpan.FromMinutes(32));

        await host.TickAsync();

        Assert.Equal(["08:05-08:30 x6 SkippedMisfire"], await LedgerAsync(host, schedule.Id));
        Assert.Empty(await host.ExecutionsAsync(schedule.Id));
    }

    [Fact]
    public async Task Missed_instants_within_the_window_all_fire()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(
            "http://127.0.0.1:9/", schedule: request => request with { MisfirePolicy = MisfirePolicy.FireAll, CatchUpWindow = TimeSpan.FromMinutes(15) });
        host.Clock.Advance(TimeSpan.FromMinutes(32));

        await host.TickAsync();

        Assert.Equal(
            ["08:05-08:15 x3 SkippedMisfire", "08:20-08:20 x1 Fired", "08:25-08:25 x1 Fired", "08:30-08:30 x1 Fired"], await LedgerAsync(host, schedule.Id));
        Assert.Equal(3, (await host.ExecutionsAsync(schedule.Id)).Count);
    }

    [Fact]
    public async Task Overlap_is_allowed_unless_the_policy_says_otherwise()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.FireAsync(schedule.Id);
        await host.FireAsync(schedule.Id);

        Assert.Equal([ExecutionStatus.Queued, ExecutionStatus.Queued], (await host.ExecutionsAsync(schedule.Id)).Select(row => row.Status));
    }

    [Fact]
    public async Task Overlapping_instant_is_skipped_until_the_delivery_has_ended_for_good()
    {
        await using var receiver = await KestrelReceiver.StartAsync(KestrelReceiver.Status(500));
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "* * * * *", OverlapPolicy = OverlapPolicy.Skip });
        for (var minute = 0; minute < 5; minute++)
        {
            await host.FireAsync(schedule.Id);
            await host.Kernel.RunAllAsync();
        }

        Assert.Equal(
            ["08:01-08:01 x1 Fired", "08:02-08:02 x1 SkippedOverlap", "08:03-08:03 x1 SkippedOverlap", "08:04-08:04 x1 SkippedOverlap", "08:05-08:05 x1 Fired"],
            await LedgerAsync(host, schedule.Id));
        Assert.Equal([1, 2, 3, 1], (await host.ExecutionsAsync(schedule.Id)).Where(row => row.Status >= ExecutionStatus.Success).Select(row => row.Attempt));
    }

    [Fact]
    public async Task Buffered_instant_fires_when_the_delivery_has_ended()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url, schedule: request => request with { Schedule = "* * * * *", OverlapPolicy = OverlapPolicy.BufferOne });
        await host.FireAsync(schedule.Id);
        for (var minute = 0; minute < 3; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.TickAsync();
        }

        Assert.Equal(["08:01-08:01 x1 Fired"], await LedgerAsync(host, schedule.Id));
        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await host.TickAsync();

        Assert.Equal(["08:01-08:01 x1 Fired", "08:02-08:03 x2 Coalesced", "08:04-08:04 x1 Fired"], await LedgerAsync(host, schedule.Id));
    }

    [Fact]
    public async Task Change_decides_what_was_due_by_the_old_definition()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, webhook) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        host.Clock.Advance(TimeSpan.FromMinutes(11));

        var changed = await ScheduleServiceTests.UpdateAsync(host, schedule.Id, new() { Schedule = "*/7 * * * *" });

        Assert.Equal(["08:05-08:05 x1 Coalesced", "08:10-08:10 x1 Fired"], await LedgerAsync(host, schedule.Id));
        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal(OccurrenceId.Of(schedule.Id, schedule.Recurrence.NextAt!.Value.AddMinutes(5), webhook.Id), row.Id);
        Assert.Equal((schedule.Recurrence.Revision + 1, "08:14", host.Now), (changed.Recurrence.Revision, Minute(changed.Recurrence.NextAt), changed.Recurrence.LastAt!.Value));
    }

    [Fact]
    public async Task Disabled_schedule_fires_nothing_that_comes_later()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, false, Token));
        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.TickAsync();

        var on = ScheduleServiceTests.Done(await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, true, Token)));
        await host.TickAsync();

        Assert.Empty(await LedgerAsync(host, schedule.Id));
        Assert.Equal(host.Now.AddMinutes(5), on.Recurrence.NextAt);
        Assert.Empty(await host.ExecutionsAsync(schedule.Id));
    }

    [Fact]
    public async Task Firing_without_a_webhook_is_an_execution_that_has_failed()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();
        await host.FireAsync(schedule.Id);

        Assert.Equal(0, await host.Kernel.RunAllAsync());
        var row = Assert.Single(await host.ExecutionsAsync(schedule.Id));
        Assert.Equal((ExecutionStatus.Failure, Firings.NoWebhook, host.Now), (row.Status, row.Error, row.FinishedAt!.Value));
        Assert.Equal(["08:05-08:05 x1 Fired"], await LedgerAsync(host, schedule.Id));
    }

    private static string Minute(DateTimeOffset? instant) => instant!.Value.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static async Task<string[]> LedgerAsync(SchedulingHost host, Guid schedule)
    {
        var rows = await host.Recurrences.ListOccurrencesAsync(schedule, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1000, Token);
        return [.. rows.Select(row => FormattableString.Invariant($"{row.FirstAt:HH:mm}-{row.LastAt:HH:mm} x{row.Count} {row.Outcome}"))];
    }
}
