using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Proves maintenance: each test is an obligation of <see cref="IJobMaintenance"/>.</summary>
public abstract partial class JobMaintenanceConformance : JobOperationsConformance
{
    private static readonly JobRetention Forever = new() { Ended = null, Failed = null };

    private IJobMaintenance Maintenance => Fixture.Maintenance;

    /// <summary>Each end has its age.</summary>
    [Fact]
    public async Task Jobs_go_when_they_ended_longer_ago_than_their_end_is_kept()
    {
        var (done, cancelled) = (await EndedAsync(JobState.Succeeded), await EndedAsync(JobState.Cancelled));
        var (failed, dead) = (await EndedAsync(JobState.Failed), await EndedAsync(JobState.DeadLetter));
        var retention = new JobRetention { Ended = TimeSpan.FromDays(7), Failed = TimeSpan.FromDays(90) };
        await AdvanceAsync(7 * 86_400 - 1);
        Assert.Equal(0, await PruneAsync(retention));

        await AdvanceAsync(2);
        Assert.Equal(2, await PruneAsync(retention));
        await AssertGoneAsync(done, cancelled);
        await AssertKeptAsync(failed, dead);

        await AdvanceAsync(83 * 86_400);
        Assert.Equal(2, await PruneAsync(retention));
        await AssertGoneAsync(failed, dead);
        Assert.Equal(0, await PruneAsync(retention));
    }

    /// <summary>The default is a week, and ninety days for what failed.</summary>
    [Fact]
    public async Task Default_retention_keeps_failures_longer()
    {
        var (done, failed) = (await EndedAsync(JobState.Succeeded), await EndedAsync(JobState.Failed));
        await AdvanceAsync(8 * 86_400);

        Assert.Equal(1, await PruneAsync(new JobRetention()));

        await AssertGoneAsync(done);
        await AssertKeptAsync(failed);
        await AdvanceAsync(83 * 86_400);
        Assert.Equal(1, await PruneAsync(new JobRetention()));
    }

    /// <summary>The age counts from the end, not from the enqueue.</summary>
    [Fact]
    public async Task Age_counts_from_the_end()
    {
        var lease = await EnqueueAndClaimAsync();
        await Store.RenewAsync([lease], TimeSpan.FromDays(30), Cancellation);
        await AdvanceAsync(8 * 86_400);
        await EndAsync(lease);
        await AdvanceAsync(86_400);

        Assert.Equal(0, await PruneAsync(new JobRetention()));
    }

    /// <summary>What works or waits is never pruned.</summary>
    [Fact]
    public async Task Unfinished_jobs_stay_however_old_they_are()
    {
        var queued = await EnqueueAsync(NewRequest() with { Delay = TimeSpan.FromDays(900) });
        var running = await EnqueueAndClaimAsync();
        var retrying = await EnqueueAndClaimAsync();
        await EndAsync(retrying, JobState.Queued, "why");
        await AdvanceAsync(500 * 86_400);

        Assert.Equal(0, await PruneAsync(new JobRetention { Ended = TimeSpan.Zero, Failed = TimeSpan.Zero, MaxCount = 0 }));

        await AssertKeptAsync(queued[0], running.JobId, retrying.JobId);
    }

    /// <summary>No bound, no end.</summary>
    [Fact]
    public async Task Ended_jobs_without_a_bound_are_kept_for_ever()
    {
        var ids = new[] { await EndedAsync(JobState.Succeeded), await EndedAsync(JobState.Failed) };
        await AdvanceAsync(5000d * 86_400);

        Assert.Equal(0, await PruneAsync(Forever));

        await AssertKeptAsync(ids);
    }

    /// <summary>Of more than may be kept, the oldest go first, whatever their end.</summary>
    [Fact]
    public async Task Count_bound_removes_the_oldest_ends_first()
    {
        var unfinished = await EnqueueAsync(NewRequest(OtherKind));
        var ids = new List<JobId>();
        foreach (var end in new[] { JobState.Failed, JobState.Succeeded, JobState.DeadLetter, JobState.Cancelled, JobState.Succeeded })
        {
            ids.Add(await EndedAsync(end));
            await AdvanceAsync(10);
        }

        Assert.Equal(3, await PruneAsync(Forever with { MaxCount = 2 }));

        await AssertGoneAsync([.. ids[..3]]);
        await AssertKeptAsync([.. ids[3..], .. unfinished]);
        Assert.Equal(0, await PruneAsync(Forever with { MaxCount = 2 }));
    }

    /// <summary>Any bound will do.</summary>
    [Fact]
    public async Task Job_goes_when_any_bound_says_so()
    {
        var old = await EndedAsync(JobState.Succeeded);
        var oldFailure = await EndedAsync(JobState.Failed);
        await AdvanceAsync(8 * 86_400);
        var young = await EndedAsync(JobState.Succeeded);

        Assert.Equal(1, await PruneAsync(new JobRetention { MaxCount = 100 }));
        await AssertGoneAsync(old);
        Assert.Equal(1, await PruneAsync(new JobRetention { MaxCount = 1 }));
        await AssertGoneAsync(oldFailure);
        await AssertKeptAsync(young);
    }

    /// <summary>Small batches, oldest end first.</summary>
    [Fact]
    public async Task Prune_removes_no_more_than_asked_oldest_end_first()
    {
        // The order of the ends is not that of the enqueues.
        var leases = new List<JobLease>();
        for (var number = 0; number < 5; number++)
        {
            leases.Add(await EnqueueAndClaimAsync());
        }

        leases.Reverse();
        foreach (var lease in leases)
        {
            await EndAsync(lease);
            await AdvanceAsync(1);
        }

        await AdvanceAsync(8 * 86_400);
        var ids = leases.Select(lease => lease.JobId).ToArray();

        Assert.Equal(2, await PruneAsync(new JobRetention(), 2));
        await AssertGoneAsync(ids[..2]);
        await AssertKeptAsync(ids[2..]);
        Assert.Equal(2, await PruneAsync(new JobRetention(), 2));
        Assert.Equal(1, await PruneAsync(new JobRetention(), 2));
        await AssertGoneAsync(ids);
    }

    /// <summary>Pruning may not make a repetition possible that the key still rules out.</summary>
    [Fact]
    public async Task Job_whose_dedupe_key_is_still_taken_stays_until_it_is_not()
    {
        var held = await EndedAsync(JobState.Succeeded, NewRequest() with { DedupeKey = "held", DedupeFor = TimeSpan.FromDays(20) });
        var free = await EndedAsync(JobState.Succeeded, NewRequest() with { DedupeKey = "free", DedupeFor = TimeSpan.FromDays(2) });
        var plain = await EndedAsync(JobState.Succeeded, NewRequest() with { DedupeKey = "plain" });
        await AdvanceAsync(10 * 86_400);

        Assert.Equal(2, await PruneAsync(new JobRetention()));
        Assert.Equal(0, await PruneAsync(new JobRetention { MaxCount = 0 }));

        await AssertGoneAsync(free, plain);
        await AssertKeptAsync(held);
        Assert.Equal([new EnqueueResult(held, Created: false)], await Store.EnqueueAsync([NewRequest() with { DedupeKey = "held" }], Cancellation));
        await AdvanceAsync(11 * 86_400);
        Assert.Equal(1, await PruneAsync(new JobRetention()));
        await EnqueueAsync(NewRequest() with { DedupeKey = "held" });
    }

    /// <summary>Any node may prune at any time.</summary>
    [Fact]
    public async Task Parallel_prunes_remove_each_job_once()
    {
        await EnqueueAsync(NewRequests(60));
        foreach (var lease in await LeasesAsync())
        {
            await EndAsync(lease);
        }

        await AdvanceAsync(8 * 86_400);
        var removed = 0;

        await InParallelAsync(6, async _ =>
        {
            int pruned;
            do
            {
                pruned = await PruneAsync(new JobRetention(), 7);
                Interlocked.Add(ref removed, pruned);
            }
            while (pruned > 0);
        });

        Assert.Equal(60, removed + await PruneAsync(new JobRetention()));
        Assert.Empty(await Fixture.Admin.CountAsync(Cancellation));
    }

    /// <summary>What is out of bounds is refused.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task Prune_of_none_or_of_too_many_is_a_programmer_error(int max)
    {
        var id = await EndedAsync(JobState.Succeeded);
        await AdvanceAsync(8 * 86_400);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => PruneAsync(new JobRetention(), max));

        await AssertKeptAsync(id);
        Assert.Equal(1, await PruneAsync(new JobRetention(), 10_000));
    }

    private Task<int> PruneAsync(JobRetention retention, int max = 1_000) => Maintenance.PruneAsync(retention, max, Cancellation);

    private async Task AssertGoneAsync(params JobId[] ids)
    {
        foreach (var id in ids)
        {
            Assert.Null(await Store.FindAsync(id, Cancellation));
        }
    }

    private async Task AssertKeptAsync(params JobId[] ids)
    {
        foreach (var id in ids)
        {
            Assert.NotNull(await Store.FindAsync(id, Cancellation));
        }
    }
}
