using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobAdminConformance
{
    /// <summary>Everything of a job is shown, as the store shows it.</summary>
    [Fact]
    public async Task Query_without_conditions_shows_all_jobs_newest_first()
    {
        var ids = await EnqueueAsync(NewRequests(3, (request, index) => request with { Kind = index == 1 ? OtherKind : Kind, DedupeKey = $"d{index}", DedupeFor = TimeSpan.FromHours(1) }));
        await EndAsync(Assert.Single(await ClaimAsync(kind: OtherKind)).Lease, JobState.Failed, "some.type");

        var page = await Admin.QueryAsync(new JobFilter(), null, 1_000, Cancellation);

        Assert.Equal([await GetAsync(ids[2]), await GetAsync(ids[1]), await GetAsync(ids[0])], page.Jobs);
        Assert.Null(page.Next);
    }

    /// <summary>An empty store has an empty, last page.</summary>
    [Fact]
    public async Task Query_that_finds_nothing_is_an_empty_last_page()
    {
        var page = await Admin.QueryAsync(Mine, null, 10, Cancellation);

        Assert.Empty(page.Jobs);
        Assert.Null(page.Next);
    }

    /// <summary>Each condition holds, and all of them together.</summary>
    [Theory]
    [InlineData("kind")]
    [InlineData("kinds")]
    [InlineData("state")]
    [InlineData("states")]
    [InlineData("dedupe key")]
    [InlineData("concurrency key")]
    [InlineData("chain")]
    [InlineData("error type")]
    [InlineData("created from")]
    [InlineData("created before")]
    [InlineData("finished from")]
    [InlineData("finished before")]
    [InlineData("all")]
    public async Task Conditions_choose_the_jobs_that_meet_them(string what)
    {
        var jobs = await EnqueueVarietyAsync();
        var odd = jobs[3];
        var filter = new JobFilter
        {
            Kinds = what switch { "kind" or "all" => [Kind], "kinds" => [OtherKind, Kind], _ => null },
            States = what switch { "state" or "all" => [JobState.Failed], "states" => [JobState.Failed, JobState.Queued], _ => null },
            DedupeKey = what is "dedupe key" or "all" ? "d" : null,
            ConcurrencyKey = what is "concurrency key" or "all" ? "c" : null,
            RootId = what is "chain" or "all" ? odd.RootId : null,
            ErrorType = what is "error type" or "all" ? "some.type" : null,
            CreatedFrom = what is "created from" or "all" ? odd.CreatedAt : null,
            CreatedBefore = what is "created before" ? odd.CreatedAt : what is "all" ? odd.CreatedAt + TimeSpan.FromMilliseconds(1) : null,
            FinishedFrom = what is "finished from" or "all" ? odd.FinishedAt : null,
            FinishedBefore = what is "finished before" ? odd.FinishedAt : what is "all" ? odd.FinishedAt + TimeSpan.FromMilliseconds(1) : null,
        };

        var found = await Admin.QueryAsync(filter, null, 1_000, Cancellation);

        var expected = jobs.Where(job => Meets(job, filter)).Reverse().ToArray();
        Assert.Equal(expected.Select(job => job.Id), found.Jobs.Select(job => job.Id));
        Assert.InRange(expected.Length, 1, jobs.Length - 1);
    }

    /// <summary>Pages join without gap or repetition, and the last says that it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Pages_hold_every_job_once_and_the_last_one_says_so(int limit)
    {
        var ids = await EnqueueAsync(NewRequests(12));
        await EnqueueAsync(NewRequest(OtherKind));

        var pages = await PagesAsync(limit);

        Assert.Equal(ids.Reverse(), pages.SelectMany(page => page.Jobs).Select(job => job.Id));
        Assert.Equal((12 + limit - 1) / limit, pages.Count);
        Assert.All(pages.SkipLast(1), page => Assert.Equal((limit, page.Jobs[^1].Id), (page.Jobs.Count, page.Next!.Value)));
    }

    /// <summary>What is enqueued meanwhile repeats nothing, and what was there is all seen.</summary>
    [Fact]
    public async Task Pages_under_concurrent_inserts_repeat_nothing_and_miss_nothing_that_was_there()
    {
        var before = await EnqueueAsync(NewRequests(40));
        using var enough = new CancellationTokenSource();
        var inserts = Task.Run(
            async () =>
            {
                for (var count = 0; count < 200 && !enough.IsCancellationRequested; count++)
                {
                    await EnqueueAsync(NewRequests(3));
                }
            },
            Cancellation);

        var seen = new List<JobId>();
        JobId? next = null;
        do
        {
            var page = await Admin.QueryAsync(Mine, next, 3, Cancellation);
            seen.AddRange(page.Jobs.Select(job => job.Id));
            await EnqueueAsync(NewRequest());
            next = page.Next;
        }
        while (next is not null);

        await enough.CancelAsync();
        await inserts;
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(before.Reverse(), seen.Where(id => before.Contains(id)));
        Assert.Equal(seen.OrderByDescending(id => id.Value), seen);
    }

    /// <summary>Counts are those of a recount, after whatever happened to the jobs.</summary>
    [Fact]
    public async Task Counts_equal_a_recount_after_every_kind_of_change()
    {
        Assert.Empty(await Admin.CountAsync(Cancellation));
        await EnqueueVarietyAsync();
        await AssertCountsAsync();

        await EnqueueAsync(NewRequests(9, (request, index) => request with { MaxAttempts = 1, OnFailure = index < 3 ? new JobFollowUp(OtherKind, "{}") : null }));
        var leases = await LeasesAsync(8);
        await AssertCountsAsync();
        await EndAsync(leases[0]);
        await EndAsync(leases[1], JobState.Failed);
        await EndAsync(leases[2], JobState.Queued);
        await Store.ReleaseAsync([leases[3]], Cancellation);
        await Store.CancelAsync(leases[3].JobId, Cancellation);
        await Store.ReplayAsync(leases[1].JobId, Cancellation);
        await AssertCountsAsync();

        await AdvanceAsync(31);
        await ClaimAsync(1);
        await AssertCountsAsync();
        await Admin.CancelAsync(Mine, Options with { Max = 3 }, Cancellation);
        await Admin.ReplayAsync(Mine, Options with { Max = 3 }, Cancellation);
        await Admin.DiscardAsync(Mine, Options with { Max = 2 }, Cancellation);
        await AssertCountsAsync();
        await AdvanceAsync(8 * 86_400);
        Assert.NotEqual(0, await Fixture.Maintenance.PruneAsync(new JobRetention(), 100, Cancellation));
        await AssertCountsAsync();
    }

    /// <summary>Counts hold under load.</summary>
    [Fact]
    public async Task Counts_equal_a_recount_after_parallel_work()
    {
        await InParallelAsync(6, async worker =>
        {
            for (var round = 0; round < 5; round++)
            {
                await EnqueueAsync(NewRequests(4));
                foreach (var job in await ClaimAsync(3, owner: $"worker-{worker}"))
                {
                    await EndAsync(job.Lease, round % 2 == 0 ? JobState.Succeeded : JobState.Failed);
                }

                await Admin.ReplayAsync(Mine, Options with { Max = 2 }, Cancellation);
            }
        });

        await AssertCountsAsync();
    }

    /// <summary>Makes a job of each sort; the fourth differs from the others in all that a condition asks.</summary>
    private async Task<Job[]> EnqueueVarietyAsync()
    {
        var requests = NewRequests(6);
        await EnqueueAsync(requests[0], requests[1] with { Kind = OtherKind, DedupeKey = "D", ConcurrencyKey = "C" });
        await EndAsync(Assert.Single(await ClaimAsync(1)).Lease);
        await AdvanceAsync(10);
        await EnqueueAsync(requests[2] with { Kind = OtherKind + "-3" });
        await EndedAsync(JobState.Failed, requests[3] with { DedupeKey = "d", ConcurrencyKey = "c", RootId = requests[0].Id }, "some.type");
        await AdvanceAsync(10);
        await EndedAsync(JobState.DeadLetter, requests[4], "some.other.type");
        await EnqueueAsync(requests[5]);
        var jobs = new List<Job>();
        foreach (var request in requests)
        {
            jobs.Add(await GetAsync(request.Id));
        }

        return [.. jobs];
    }

    private static bool Meets(Job job, JobFilter filter) =>
        filter.Kinds?.Contains(job.Kind) != false && filter.States?.Contains(job.State) != false
        && (filter.DedupeKey ?? job.DedupeKey) == job.DedupeKey && (filter.ConcurrencyKey ?? job.ConcurrencyKey) == job.ConcurrencyKey
        && (filter.RootId ?? job.RootId) == job.RootId && (filter.ErrorType ?? job.ErrorType) == job.ErrorType
        && !(job.CreatedAt < filter.CreatedFrom) && !(job.CreatedAt >= filter.CreatedBefore)
        && (filter.FinishedFrom is null || job.FinishedAt >= filter.FinishedFrom) && (filter.FinishedBefore is null || job.FinishedAt < filter.FinishedBefore);

    private async Task<List<JobPage>> PagesAsync(int limit)
    {
        var pages = new List<JobPage> { await Admin.QueryAsync(Mine, null, limit, Cancellation) };
        while (pages[^1].Next is { } next)
        {
            Assert.True(pages.Count < 100, "The pages have no end.");
            pages.Add(await Admin.QueryAsync(Mine, next, limit, Cancellation));
        }

        return pages;
    }

    private async Task AssertCountsAsync()
    {
        var jobs = (await Admin.QueryAsync(new JobFilter(), null, 1_000, Cancellation)).Jobs;
        Assert.Equal(
            jobs.GroupBy(job => (job.Kind, job.State)).Select(group => (group.Key.Kind, group.Key.State, group.LongCount())).Order(),
            (await Admin.CountAsync(Cancellation)).Select(count => (count.Kind, count.State, count.Count)).Order());
    }
}
