using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Switchyard.Jobs.Recurring.Ticking;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Recurring;

public sealed class RecurrenceTickerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Due_occurrence_is_enqueued_by_a_running_host_at_whole_seconds_of_the_stores_clock()
    {
        await using var host = new TickerHost();
        host.StoreClock.Advance(TimeSpan.FromMilliseconds(300));
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(), Cancellation);
        var ticker = host.NewTicker();
        await ticker.StartAsync(Cancellation);

        for (var second = 1; second <= 10; second++)
        {
            var calls = host.Store.Calls;
            await Eventually.HoldsAsync(() => host.StoreClock.ArmedTimers > 0, "the ticker sleeps");
            host.StoreClock.Advance(second == 1 ? TimeSpan.FromMilliseconds(700) : Second);
            await Eventually.HoldsAsync(() => host.Store.Calls > calls, "the ticker looks");
        }

        await Eventually.HoldsAsync(async () => (await host.LedgerOfAsync(job.Id)).Count == 1, "it has fired");
        await ticker.StopAsync(Cancellation);
        Assert.Equal(PlannerSubject.Start.AddSeconds(10), (await host.LedgerOfAsync(job.Id))[0].FirstAt);
        var enqueued = await host.Kernel.FindAsync(new JobId(OccurrenceId.Of(job.Id, PlannerSubject.Start.AddSeconds(10), Guid.Empty)), Cancellation);
        Assert.Equal(("work", "{}", null), (enqueued!.Kind, enqueued.Payload, enqueued.ConcurrencyKey));
    }

    [Theory]
    [InlineData(1000, 300, null, 700)]
    [InlineData(1000, 0, null, 1000)]
    [InlineData(10_000, 300, 2_000, 1_700)]
    [InlineData(10_000, 300, 60_000, 9_700)]
    [InlineData(1000, 300, 200, 700)]
    public void Wait_is_until_the_next_interval_or_the_next_instant(int interval, int now, int? next, int expected)
    {
        var clock = new TickClock(TimeSpan.FromMilliseconds(interval), new ManualTimeProvider());
        clock.Set(PlannerSubject.Start.AddMilliseconds(now), new ManualTimeProvider().GetTimestamp());

        Assert.Equal(TimeSpan.FromMilliseconds(expected), clock.UntilNext(next is { } at ? PlannerSubject.Start.AddMilliseconds(at) : null));
    }

    [Fact]
    public async Task Batches_follow_each_other_at_once_until_nothing_is_due()
    {
        await using var host = new TickerHost(options: options => options.BatchSize = 3);
        for (var i = 0; i < 10; i++)
        {
            await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob($"job-{i}"), Cancellation);
        }

        host.StoreClock.Advance(10 * Second);
        await host.TickAsync();

        Assert.Equal(4, host.Store.Calls);
        Assert.Equal(0, (await host.Store.GetBacklogAsync(Cancellation)).Due);
    }

    [Fact]
    public async Task More_than_one_plan_deals_with_is_settled_at_once_too()
    {
        await using var host = new TickerHost();
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(expression: "* * * * * *"), Cancellation);

        host.StoreClock.Advance(TimeSpan.FromHours(6));
        await host.TickAsync();

        var ledger = await host.LedgerOfAsync(job.Id);
        Assert.Equal((21_600L, 1), (ledger.Sum(row => row.Count), ledger.Count(row => row.Outcome == OccurrenceOutcome.Fired)));
    }

    [Fact]
    public async Task Recurrence_whose_zone_is_gone_is_put_off_and_holds_up_nobody()
    {
        await using var host = new TickerHost();
        var (broken, fine) = (await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob("broken"), Cancellation), await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob("fine"), Cancellation));
        await host.Store.ChangeAsync(broken.Id, (due, _) => new RecurrenceChange(due!.Recurrence with { TimeZone = "Mars/Olympus" }), Cancellation);

        host.StoreClock.Advance(10 * Second);
        await host.TickAsync();

        Assert.Single(await host.LedgerOfAsync(fine.Id));
        Assert.Empty(await host.LedgerOfAsync(broken.Id));
        Assert.Contains("Mars/Olympus", Assert.Single(host.Log.Of("RecurrencePutOff")), StringComparison.Ordinal);
        Assert.Equal(1, (await host.Services.GetRequiredService<IRecurringHealth>().GetAsync(Cancellation)).Failures);

        await host.Store.ChangeAsync(broken.Id, (due, _) => new RecurrenceChange(due!.Recurrence with { TimeZone = "UTC" }), Cancellation);
        host.StoreClock.Advance(10 * Second);
        await host.TickAsync();
        Assert.Single(await host.LedgerOfAsync(broken.Id), row => row.Outcome == OccurrenceOutcome.Fired);
    }

    [Fact]
    public async Task Recurrence_that_cant_be_stored_is_found_and_put_off()
    {
        await using var host = new TickerHost();
        var jobs = new List<RecurringJob>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Add(await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob($"job-{i}"), Cancellation));
        }

        host.Store.Poison = jobs.MinBy(job => job.Id)!.Id;
        host.StoreClock.Advance(10 * Second);
        var ticker = host.NewTicker();
        for (var failures = 0; failures < 4; failures++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => host.TickAsync(ticker));
        }

        await host.TickAsync(ticker);

        foreach (var job in jobs)
        {
            Assert.Equal(job.Id == host.Store.Poison ? 0 : 1, (await host.LedgerOfAsync(job.Id)).Count);
        }
    }

    [Fact]
    public async Task Store_that_is_away_is_asked_again_and_nothing_is_lost()
    {
        await using var host = new TickerHost();
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(misfire: MisfirePolicy.FireAll), Cancellation);
        var ticker = host.NewTicker();
        host.Store.IsDown = true;
        await ticker.StartAsync(Cancellation);

        await Eventually.HoldsAsync(() => Advance(host, () => host.Log.Of("TickFailed").Length > 3), "it has failed some times");
        host.Store.IsDown = false;
        await Eventually.HoldsAsync(() => Advance(host, () => host.Log.Of("TickRecovered").Length == 1), "it fires again");
        await ticker.StopAsync(Cancellation);

        var ledger = await host.LedgerOfAsync(job.Id);
        Assert.NotEmpty(ledger);
        Assert.Equal(Enumerable.Range(1, ledger.Count).Select(n => PlannerSubject.Start.AddSeconds(10 * n)), ledger.Select(row => row.FirstAt));
    }

    [Fact]
    public async Task Kinds_that_nobody_here_knows_are_left_alone()
    {
        await using var host = new TickerHost();
        var foreign = PlannerSubject.NewRecurrence("* * * * *") with { Kind = "elsewhere" };
        var stored = await host.Store.ChangeAsync(foreign.Id, (_, _) => new RecurrenceChange(foreign), Cancellation);

        await host.TickAsync();

        Assert.Equal(stored, await host.Store.FindAsync(foreign.Id, Cancellation));
        Assert.Empty(host.Log.Of("RecurrencePutOff"));
    }

    [Fact]
    public async Task Health_says_when_a_recurrence_should_have_fired_and_did_not()
    {
        await using var host = new TickerHost(builder => builder.Services.AddHealthChecks().AddSwitchyardJobs());
        var checks = host.Services.GetRequiredService<HealthCheckService>();
        var health = host.Services.GetRequiredService<IRecurringHealth>();
        await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(), Cancellation);
        await host.TickAsync();

        host.StoreClock.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(HealthStatus.Healthy, (await checks.CheckHealthAsync(Cancellation)).Status);
        host.StoreClock.Advance(Second);
        var report = (await checks.CheckHealthAsync(Cancellation)).Entries["switchyard-jobs"];
        Assert.Equal((HealthStatus.Degraded, "Jobs: a recurrence should have fired 30 s ago."), (report.Status, report.Description));
        Assert.Equal(
            new RecurringStatus(PlannerSubject.Start, 40 * Second, 1, PlannerSubject.Start.AddSeconds(10), 30 * Second, 0), await health.GetAsync(Cancellation));

        await host.TickAsync();
        Assert.Equal(HealthStatus.Healthy, (await checks.CheckHealthAsync(Cancellation)).Entries["switchyard-jobs"].Status);
    }

    [Fact]
    public async Task Ledger_keeps_what_is_younger_than_its_retention()
    {
        await using var host = new TickerHost(options: options => options.LedgerRetention = TimeSpan.FromHours(2));
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(expression: "0 * * * *", misfire: MisfirePolicy.FireAll), Cancellation);
        for (var hour = 0; hour < 5; hour++)
        {
            host.StoreClock.Advance(TimeSpan.FromHours(1));
            await host.TickAsync();
        }

        var ticker = host.NewTicker();
        await ticker.StartAsync(Cancellation);
        await Eventually.HoldsAsync(() => host.StoreClock.ArmedTimers > 1, "ticker and pruner sleep");
        host.StoreClock.Advance(TimeSpan.FromMinutes(31));
        await Eventually.HoldsAsync(async () => (await host.LedgerOfAsync(job.Id)).Count == 2, "old rows are gone");
        await ticker.StopAsync(Cancellation);

        Assert.Equal(["Fired 12:00:00", "Fired 13:00:00"], PlannerSubject.Say(await host.LedgerOfAsync(job.Id)));
    }

    private static bool Advance(TickerHost host, Func<bool> isEnough)
    {
        if (!isEnough() && host.StoreClock.ArmedTimers > 0)
        {
            host.StoreClock.Advance(Second);
        }

        return isEnough();
    }
}
