using FsCheck;
using FsCheck.Fluent;
using Switchyard.Scheduling.Receivers;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling;

public sealed class SchedulingMetricsTests
{
    private static CancellationToken Token => SchedulingHost.Token;

    [Fact]
    public async Task Figures_are_of_the_callers_accounts_alone()
    {
        await using var receiver = await KestrelReceiver.StartAsync();
        await using var host = await SchedulingHost.StartAsync();
        var (schedule, _) = await host.ScheduleToAsync(receiver.Url);
        await host.ScheduleAsync(request => request with { AccountId = Guid.NewGuid(), Enabled = false });
        await host.FireAsync(schedule.Id);
        await host.Kernel.RunAllAsync();
        await host.FireAsync(schedule.Id);

        var mine = await host.UseAsync<SchedulingMetrics, SchedulingFigures>(metrics => metrics.CountAsync(SchedulingHost.Ann, Token));
        var others = await host.UseAsync<SchedulingMetrics, SchedulingFigures>(metrics => metrics.CountAsync(SchedulingHost.Bob, Token));

        Assert.Equal((2, 1, 1), (mine.Jobs, mine.Counts.Enabled, mine.Counts.Disabled));
        Assert.Equal((2, 1, 1, 100.0, 0.0), (mine.Executions, mine.Of(ExecutionStatus.Success), mine.Of(ExecutionStatus.Queued), mine.SuccessRate, mine.AverageDuration));
        Assert.Equal((0, 0, 0.0, null), (others.Jobs, others.Executions, others.SuccessRate, others.AverageDuration));
    }

    // P-EX7.
    [Fact]
    public void Rate_counts_what_has_ended_and_totals_are_sums() => Property.Holds(
        Counts(),
        counts => counts.Where(count => count.Key >= ExecutionStatus.Success).Sum(count => count.Value) == 0 ? "none ended" : counts.ContainsKey(ExecutionStatus.Success) ? "some succeeded" : "none succeeded",
        ["none ended", "some succeeded", "none succeeded"],
        counts =>
        {
            var figures = new SchedulingFigures { At = default, Counts = new() { Enabled = 2, Disabled = 3, Executions = counts, AverageDuration = 1.005 } };

            var ended = counts.Sum(count => count.Value) - figures.Of(ExecutionStatus.Queued) - figures.Of(ExecutionStatus.Running);
            Assert.Equal(counts.Values.Sum(), figures.Executions);
            Assert.Equal(5, figures.Jobs);
            Assert.InRange(figures.SuccessRate, 0, 100);
            Assert.Equal(ended == 0 ? 0 : 100.0 * figures.Of(ExecutionStatus.Success) / ended, figures.SuccessRate, 0.0051);
        });

    [Fact]
    public async Task Health_is_late_when_a_schedule_that_should_have_run_did_not()
    {
        await using var host = await SchedulingHost.StartAsync();
        var schedule = await host.ScheduleAsync();

        Assert.False((await HealthAsync(host)).IsLate);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        var atLimit = await HealthAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await HealthAsync(host);
        await host.TickAsync();

        Assert.Equal((1, schedule.Recurrence.NextAt, TimeSpan.FromMinutes(1), false), (atLimit.Due, atLimit.OldestDueAt, atLimit.Lag, atLimit.IsLate));
        Assert.True(late.IsLate);
        Assert.Equal((0, TimeSpan.Zero, false), ((await HealthAsync(host)).Due, (await HealthAsync(host)).Lag, (await HealthAsync(host)).IsLate));
    }

    private static Task<SchedulingHealth> HealthAsync(SchedulingHost host) => host.UseAsync<SchedulingMetrics, SchedulingHealth>(metrics => metrics.GetHealthAsync(Token));

    private static Gen<Dictionary<ExecutionStatus, long>> Counts() =>
        from statuses in Gen.Frequency((4, Gen.SubListOf(Enum.GetValues<ExecutionStatus>())), (1, Gen.SubListOf(ExecutionStatus.Queued, ExecutionStatus.Running)))
        from counts in Gen.ArrayOf(Gen.Choose(1, 1_000_000), statuses.Count)
        select statuses.Zip(counts).ToDictionary(pair => pair.First, pair => (long)pair.Second);
}
