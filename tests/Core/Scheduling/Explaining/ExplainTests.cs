using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Receivers;

namespace Switchyard.Scheduling.Explaining;

public sealed class ExplainTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Every_instant_has_an_outcome_and_a_reason()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(17));
        await host.TickAsync();
        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, false, Token));
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.OnSchedules(service => service.SetEnabledAsync(SchedulingHost.Ann, schedule.Id, true, Token));
        host.Clock.Advance(TimeSpan.FromMinutes(6));

        var told = await ExplainAsync(host, schedule.Id, At(7, 55), At(8, 45));

        Assert.Equal(
            [
                "07:55 BeforeCreation", "08:00 BeforeCreation", "08:05 Fired", "08:10 Coalesced", "08:15 Coalesced", "08:20 Fired", "08:25 Disabled",
                "08:30 Disabled", "08:35 Overdue", "08:40 Upcoming", "08:45 Upcoming",
            ],
            Lines(told));
        Assert.Equal("It ran. Of 1 delivery 1 succeeded, 0 failed, 0 are unfinished.", told.Instants[2].Why);
        Assert.Equal(ExecutionStatus.Success, Assert.Single(told.Instants[2].Executions).Status);
        Assert.Equal((At(8, 20), "It was missed, and the run of 2026-03-02T08:20:00Z stands for it."), (told.Instants[3].CoalescedInto, told.Instants[3].Why));
        Assert.Equal("It ran 2 minutes late. Of 1 delivery 0 succeeded, 0 failed, 1 is unfinished.", told.Instants[5].Why);
        Assert.Equal(host.Now, told.Now);
        Assert.Null(told.CutAfter);
    }

    [Fact]
    public async Task Skipped_instants_say_which_policy_left_them_out()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (misfire, _) = await host.ScheduleToAsync("http://127.0.0.1:9/", schedule: request => request with { MisfirePolicy = MisfirePolicy.Skip });
        var (overlap, _) = await host.ScheduleToAsync("http://127.0.0.1:9/", schedule: request => request with { OverlapPolicy = OverlapPolicy.Skip });
        var (buffer, _) = await host.ScheduleToAsync("http://127.0.0.1:9/", schedule: request => request with { OverlapPolicy = OverlapPolicy.BufferOne });
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.TickAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(7));
        await host.TickAsync();

        Assert.Equal(["08:05 Fired", "08:10 SkippedMisfire"], Lines(await ExplainAsync(host, misfire.Id, At(8, 1), At(8, 12))));
        Assert.Equal(["08:05 Fired", "08:10 SkippedOverlap"], Lines(await ExplainAsync(host, overlap.Id, At(8, 1), At(8, 12))));
        var waiting = await ExplainAsync(host, buffer.Id, At(8, 1), At(8, 12));
        Assert.Equal(["08:05 Fired", "08:10 Overdue"], Lines(waiting));
        Assert.Contains("waits until the deliveries of an earlier run have ended", waiting.Instants[1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_instant_is_expected_by_the_definition_that_held_then()
    {
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync("http://127.0.0.1:9/");
        await host.FireAsync(schedule.Id);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await ScheduleServiceTests.UpdateAsync(host, schedule.Id, new() { Schedule = "*/7 * * * *" });
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.TickAsync();

        Assert.Equal(["08:05 Fired", "08:10 Fired", "08:14 Fired", "08:21 Upcoming"], Lines(await ExplainAsync(host, schedule.Id, At(8, 1), At(8, 22))));
    }

    [Fact]
    public async Task Explanation_is_cut_after_a_thousand_instants_and_says_so()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync(request => request with { Schedule = "* * * * * *" });

        var told = await ExplainAsync(host, schedule.Id, host.Now.AddSeconds(1), host.Now.AddYears(5));

        Assert.Equal(1000, told.Instants.Count);
        Assert.Equal(host.Now.AddSeconds(1000), told.CutAfter);
    }

    [Fact]
    public async Task Time_before_the_job_was_made_is_told_by_its_first_definition()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        Assert.Equal(["07:00 BeforeCreation", "07:05 BeforeCreation"], Lines(await ExplainAsync(host, schedule.Id, At(7, 0), At(7, 9))));
    }

    [Fact]
    public async Task Backwards_is_refused()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        var refused = await host.OnSchedules(service => service.ExplainAsync(SchedulingHost.Ann, schedule.Id, At(9, 0), At(8, 0), Token));

        Assert.Equal("to", Assert.Single(Assert.IsType<ExplainResult.Refused>(refused).Refusal.Problems).Field);
    }

    internal static async Task<ScheduleExplanation> ExplainAsync(SchedulingHost host, Guid id, DateTimeOffset from, DateTimeOffset to) =>
        Assert.IsType<ExplainResult.Explained>(await host.OnSchedules(service => service.ExplainAsync(SchedulingHost.Ann, id, from, to, Token))).Explanation;

    private static string[] Lines(ScheduleExplanation told) => [.. told.Instants.Select(instant => FormattableString.Invariant($"{instant.At:HH:mm} {instant.Outcome}"))];

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);
}
