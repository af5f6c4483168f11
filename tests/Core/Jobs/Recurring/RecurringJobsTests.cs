using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Recurring;

public sealed class RecurringJobsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recurring_job_is_kept_as_it_was_defined()
    {
        await using var host = new TickerHost();
        var definition = TickerHost.NewJob("nightly é", "0 2 * * *") with
        {
            TimeZone = "America/New_York", Payload = """{"a":"é"}""", OverlapPolicy = OverlapPolicy.Skip, CatchUpWindow = TimeSpan.FromHours(3), Priority = 4, MaxAttempts = 2,
            Timeout = TimeSpan.FromMinutes(7), MisfirePolicy = MisfirePolicy.FireAll,
        };

        var job = await host.Jobs.AddOrUpdateAsync(definition, Cancellation);

        Assert.Equal(new RecurringJob(job.Id, definition, true, new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), null), job);
        Assert.Equal(job, await host.Jobs.FindAsync("nightly é", Cancellation));
        Assert.Equal(job, await host.Jobs.AddOrUpdateAsync(definition, Cancellation));
        Assert.Single(await host.Store.ListRevisionsAsync(job.Id, PlannerSubject.Start, PlannerSubject.Start, Cancellation));
        Assert.Null(await host.Jobs.FindAsync("other", Cancellation));
    }

    [Fact]
    public async Task Overlapping_occurrence_is_skipped_while_the_job_of_the_first_is_unfinished()
    {
        await using var host = new TickerHost();
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob() with { OverlapPolicy = OverlapPolicy.Skip }, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            host.StoreClock.Advance(TimeSpan.FromSeconds(10));
            await host.TickAsync();
            if (i == 1)
            {
                await host.Kernel.CancelAsync(new JobId(OccurrenceId.Of(job.Id, PlannerSubject.Start.AddSeconds(10), Guid.Empty)), Cancellation);
            }
        }

        Assert.Equal(["Fired 08:00:10", "SkippedOverlap 08:00:20", "Fired 08:00:30"], PlannerSubject.Say(await host.LedgerOfAsync(job.Id)));
    }

    [Fact]
    public async Task Disabled_job_doesnt_fire_and_one_that_is_enabled_again_begins_with_the_next_instant()
    {
        await using var host = new TickerHost();
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(), Cancellation);
        host.StoreClock.Advance(TimeSpan.FromSeconds(12));

        Assert.True(await host.Jobs.SetEnabledAsync("report", false, Cancellation));
        Assert.True(await host.Jobs.SetEnabledAsync("report", false, Cancellation));
        host.StoreClock.Advance(TimeSpan.FromSeconds(30));
        await host.TickAsync();
        Assert.Equal((false, null), await ReadAsync());
        Assert.Equal(["Fired 08:00:10"], PlannerSubject.Say(await host.LedgerOfAsync(job.Id)));

        await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(expression: "*/5 * * * * *"), Cancellation);
        Assert.Equal((false, null), await ReadAsync());
        Assert.True(await host.Jobs.SetEnabledAsync("report", true, Cancellation));
        Assert.Equal((true, PlannerSubject.Start.AddSeconds(45)), await ReadAsync());
        Assert.False(await host.Jobs.SetEnabledAsync("unknown", true, Cancellation));

        async Task<(bool, DateTimeOffset?)> ReadAsync() => await host.Jobs.FindAsync("report", Cancellation) is { } found ? (found.Enabled, found.NextAt) : default;
    }

    [Fact]
    public async Task Removed_job_is_gone_and_its_enqueued_jobs_stay()
    {
        await using var host = new TickerHost();
        var job = await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(), Cancellation);
        host.StoreClock.Advance(TimeSpan.FromSeconds(10));
        await host.TickAsync();

        Assert.True(await host.Jobs.RemoveAsync("report", Cancellation));
        Assert.False(await host.Jobs.RemoveAsync("report", Cancellation));

        host.StoreClock.Advance(TimeSpan.FromMinutes(1));
        await host.TickAsync();
        Assert.Empty(await host.Jobs.ListAsync(Cancellation));
        Assert.NotNull(await host.Kernel.FindAsync(new JobId(OccurrenceId.Of(job.Id, PlannerSubject.Start.AddSeconds(10), Guid.Empty)), Cancellation));
        Assert.Null(await host.Kernel.FindAsync(new JobId(OccurrenceId.Of(job.Id, PlannerSubject.Start.AddSeconds(20), Guid.Empty)), Cancellation));
    }

    [Fact]
    public async Task Triggered_job_is_enqueued_at_once_and_again()
    {
        await using var host = new TickerHost();
        await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob() with { Priority = 3 }, Cancellation);
        await host.Jobs.SetEnabledAsync("report", false, Cancellation);

        var (first, second) = (await host.Jobs.TriggerAsync("report", Cancellation), await host.Jobs.TriggerAsync("report", Cancellation));

        Assert.NotEqual(first, second);
        Assert.Equal(("work", 3, JobState.Queued), await host.Kernel.FindAsync(second!.Value, Cancellation) is { } job ? (job.Kind, job.Priority, job.State) : default);
        Assert.Null(await host.Jobs.TriggerAsync("unknown", Cancellation));
    }

    [Fact]
    public async Task Jobs_are_listed_by_name_however_many()
    {
        await using var host = new TickerHost();
        string[] names = [.. Enumerable.Range(0, 1_001).Select(number => $"job-{number:0000}")];
        foreach (var name in names.Reverse())
        {
            await host.Jobs.AddOrUpdateAsync(TickerHost.NewJob(name), Cancellation);
        }

        Assert.Equal(names, (await host.Jobs.ListAsync(Cancellation)).Select(job => job.Definition.Name));
    }

    [Fact]
    public async Task Definition_that_could_never_run_is_refused_with_its_fault()
    {
        await using var host = new TickerHost();
        var good = TickerHost.NewJob();

        Assert.Contains("hour", (await Assert.ThrowsAnyAsync<FormatException>(() => host.Jobs.AddOrUpdateAsync(good with { Expression = "0 24 * * *" }, Cancellation))).Message, StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAnyAsync<FormatException>(() => host.Jobs.AddOrUpdateAsync(good with { TimeZone = "Mars/Olympus" }, Cancellation));
        RecurringJobDefinition[] wrong =
        [
            good with { Name = "" }, good with { Name = new string('n', 101) }, good with { Name = new string('é', 65) }, good with { Kind = new string('k', 129) },
            good with { Payload = "\0" }, good with { Payload = "\ud800" }, good with { MaxAttempts = 0 }, good with { Timeout = TimeSpan.Zero }, good with { CatchUpWindow = TimeSpan.FromTicks(-1) },
        ];
        foreach (var one in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Jobs.AddOrUpdateAsync(one, Cancellation));
        }

        Assert.Empty(await host.Jobs.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Registered_job_is_stored_at_the_start_whoever_starts_first_and_stays_disabled()
    {
        await using var host = new TickerHost(builder => builder.AddRecurring("nightly", "0 2 * * *", "Europe/Paris", "work", new { Days = 3 }, job => job with { MaxAttempts = 9 }));
        var (one, other) = (host.NewTicker(), host.NewTicker());
        await Task.WhenAll(one.StartAsync(Cancellation), other.StartAsync(Cancellation));
        await Eventually.HoldsAsync(() => host.Log.Of("RecurringRegistered").Length == 2, "both have registered");

        var job = Assert.Single(await host.Jobs.ListAsync(Cancellation));
        Assert.Equal(("""{"days":3}""", 9, true), (job.Definition.Payload, job.Definition.MaxAttempts, job.Enabled));
        Assert.Single(await host.Store.ListRevisionsAsync(job.Id, PlannerSubject.Start, PlannerSubject.Start, Cancellation));
        await host.Jobs.SetEnabledAsync("nightly", false, Cancellation);
        var third = host.NewTicker();
        await third.StartAsync(Cancellation);
        await Eventually.HoldsAsync(() => host.Log.Of("RecurringRegistered").Length == 3, "the third has registered");

        Assert.False((await host.Jobs.FindAsync("nightly", Cancellation))!.Enabled);
        await Task.WhenAll(one.StopAsync(Cancellation), other.StopAsync(Cancellation), third.StopAsync(Cancellation));
    }

    [Fact]
    public void Registration_says_at_once_what_is_wrong_and_a_store_without_recurrences_stops_the_start()
    {
        var services = new ServiceCollection();
        Assert.ThrowsAny<FormatException>(() => services.AddJobs().AddRecurring("nightly", "0 2 * *", "UTC", "work", 1));
        services.AddLogging();
        services.AddJobs().AddRecurring("nightly", "0 2 * * *", "UTC", "work", 1).UseInMemory();
        services.Remove(services.Single(service => service.ServiceType == typeof(IRecurrenceStore)));
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(() => provider.GetServices<IHostedService>().Count());

        Assert.Contains("UseEfCore<AppDbContext>()", exception.Message, StringComparison.Ordinal);
    }
}
