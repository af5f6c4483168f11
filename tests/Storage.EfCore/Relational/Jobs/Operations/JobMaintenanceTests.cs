using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public abstract class JobMaintenanceTests : OperationsTests
{
    private static readonly JobRetention Forever = new() { Ended = null, Failed = null };

    [Fact]
    public async Task Each_class_of_ends_goes_after_its_own_time_and_unfinished_jobs_never()
    {
        await Fixture.EndAsync("good", JobState.Succeeded);
        await Fixture.EndAsync("stopped", JobState.Cancelled);
        await Fixture.EndAsync("bad", JobState.Failed);
        await Fixture.EndAsync("dead", JobState.DeadLetter);
        await Fixture.EnqueueAsync("queued");
        await Fixture.EnqueueAsync("running");
        await Fixture.ClaimAsync("running");

        Assert.Equal(0, await PruneAsync(new JobRetention()));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(7));
        Assert.Equal(2, await PruneAsync(new JobRetention()));
        Assert.Equal(["bad", "dead", "queued", "running"], await KindsAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromDays(83));
        Assert.Equal(2, await PruneAsync(new JobRetention()));
        Assert.Equal(0, await PruneAsync(new JobRetention { MaxCount = 0 }));
        Assert.Equal(["queued", "running"], await KindsAsync());
        await Fixture.AssertCountsAsync();
    }

    [Fact]
    public async Task Oldest_end_goes_first_whatever_was_enqueued_first()
    {
        await Fixture.EnqueueAsync("enqueued first");
        await Fixture.EndAsync("ended first", JobState.Failed);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        var lease = Assert.Single(await Fixture.ClaimAsync("enqueued first"));
        await Fixture.Jobs.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Succeeded }], Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        await Fixture.EndAsync("ended last", JobState.Succeeded);

        Assert.Equal(1, await PruneAsync(Forever with { MaxCount = 1 }, max: 1));
        Assert.Equal(["ended last", "enqueued first"], await KindsAsync());
        Assert.Equal(1, await PruneAsync(Forever with { MaxCount = 1 }));
        Assert.Equal(["ended last"], await KindsAsync());
        Assert.Equal(0, await PruneAsync(Forever with { MaxCount = 1 }));
        Assert.Equal(0, await PruneAsync(Forever));
    }

    [Fact]
    public async Task Job_whose_dedupe_key_is_still_taken_stays_and_costs_no_other_its_place()
    {
        await Fixture.EndAsync("held", JobState.Succeeded, with: request => request with { DedupeKey = "k", DedupeFor = TimeSpan.FromHours(25) });
        await Fixture.EndAsync("old", JobState.Succeeded);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        await Fixture.EndAsync("new", JobState.Succeeded);

        Assert.Equal(1, await PruneAsync(Forever with { MaxCount = 1 }));
        Assert.Equal(["held", "new"], await KindsAsync());
        Assert.Equal(1, await PruneAsync(Forever with { Ended = TimeSpan.Zero }));
        Assert.Equal(["held"], await KindsAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await PruneAsync(Forever with { Ended = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Journals_go_with_their_jobs()
    {
        await Fixture.EnqueueAsync("a", 2);
        var leases = await Fixture.ClaimAsync("a");
        await Fixture.Journal.WriteAsync([.. leases.Select(lease => new JobJournalEntry { Lease = lease, Attempt = 1 })], Cancellation);
        await Fixture.Jobs.CompleteAsync([new JobCompletion { Lease = leases[0], State = JobState.Succeeded }], Cancellation);
        await Fixture.SettleAsync();

        Assert.Equal(1, await PruneAsync(Forever with { Ended = TimeSpan.Zero }));

        Assert.Null(await Fixture.Journal.FindAsync(leases[0].JobId, Cancellation));
        Assert.Equal(1, await Fixture.CountAsync("select count(*) from {job_journals}"));
    }

    [Fact]
    public async Task Tallies_are_summed_up_without_changing_what_they_say()
    {
        await Fixture.EndAsync("a", JobState.Succeeded, 3);
        await Fixture.ExecuteAsync(
            "insert into {job_tallies} (kind, state, count) values ('a', 2, 5), ('a', 2, -5), ('b', 3, 2), ('b', 3, -2), ('c', 4, 7), ('c', 4, -6), ('d', 4, 1), ('c', 4, -1), ('d', 4, -1)");
        await Fixture.AssertCountsAsync();

        await PruneAsync(Forever);

        Assert.Equal([("a", 2, 3L)], await Fixture.ReadAsync("select kind, state, count from {job_tallies}", row => (row.Text(0), row.Integer(1), row.Long(2))));
        await Fixture.AssertCountsAsync();
    }

    [Fact]
    public async Task Health_tells_the_longest_wait_outside_of_paused_kinds_dead_letters_and_suspects()
    {
        Assert.Equal(new JobStoreHealth(null, 0, 0), await Fixture.Maintenance.GetHealthAsync(Cancellation));
        await Fixture.EndAsync("a", JobState.DeadLetter, 2);
        await Fixture.EnqueueAsync("later", with: request => request with { Delay = TimeSpan.FromDays(1) });
        await Fixture.EnqueueAsync("paused");
        await Fixture.ExecuteAsync("insert into {job_kinds} (kind, limited, rate_tokens, paused_at) select 'paused', false, 0, created_at from {jobs} where kind = 'paused'");
        Assert.Equal(new JobStoreHealth(null, 2, 0), await Fixture.Maintenance.GetHealthAsync(Cancellation));

        await Fixture.EnqueueAsync("lost");
        await Fixture.ClaimAsync("lost");
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await Fixture.ClaimAsync("lost"));
        await Fixture.EnqueueAsync("due", 2);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        await Fixture.EnqueueAsync("due");

        Assert.Equal(new JobStoreHealth(TimeSpan.FromMinutes(5), 2, 1), await Fixture.Maintenance.GetHealthAsync(Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Prune_beyond_1_to_10000_is_refused(int max) =>
        Assert.Equal("max", (await Assert.ThrowsAnyAsync<ArgumentException>(() => PruneAsync(Forever, max))).ParamName);

    private Task<int> PruneAsync(JobRetention retention, int max = 100) => Fixture.Maintenance.PruneAsync(retention, max, Cancellation);

    private Task<List<string>> KindsAsync() => Fixture.ReadAsync("select distinct kind from {jobs} order by kind", row => row.Text(0));
}
