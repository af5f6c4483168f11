using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

public abstract class JobAdminTests : OperationsTests
{
    public static TheoryData<string> Filters() =>
    [
        "all", "kind", "kinds", "no kind", "state", "dead letters of a kind", "troubles", "states", "no state", "dedupe", "dedupe and states", "concurrency",
        "root", "root and state", "error type", "created", "finished", "finished of a kind",
    ];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Pages_hold_exactly_the_jobs_that_meet_the_filter_newest_first(string which)
    {
        var all = await SeedAsync();
        var filter = Filter(which, all);

        var found = new List<JobId>();
        JobId? before = null;
        do
        {
            var page = await Fixture.Admin.QueryAsync(filter, before, 4, Cancellation);
            found.AddRange(page.Jobs.Select(job => job.Id));
            Assert.True(page.Next is null || page.Next == page.Jobs[^1].Id);
            before = page.Next;
        }
        while (before is not null);

        var expected = all.Where(job => Meets(job, filter)).Select(job => job.Id).OrderByDescending(id => id.ToString(), StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, found);
        Assert.Equal(which is "no kind" or "no state", expected.Length == 0);
    }

    [Fact]
    public async Task Counts_are_what_a_scan_would_find_after_every_operation()
    {
        await Fixture.EndAsync("a", JobState.Succeeded, 3);
        await Fixture.EndAsync("a", JobState.DeadLetter, 5);
        await Fixture.EndAsync("b", JobState.Failed, 2);
        await Fixture.EnqueueAsync("a", 4);
        await Fixture.EnqueueAsync("b", 3);
        await Fixture.ClaimAsync("b", 1);
        await Fixture.AssertCountsAsync();

        await Fixture.Admin.CancelAsync(new JobFilter(), OperationsFixture.Options, Cancellation);
        await Fixture.AssertCountsAsync();
        await Fixture.Admin.ReplayAsync(new JobFilter { Kinds = ["a"] }, OperationsFixture.Options, Cancellation);
        await Fixture.AssertCountsAsync();
        await Fixture.Admin.DiscardAsync(new JobFilter { States = [JobState.DeadLetter] }, OperationsFixture.Options, Cancellation);
        await Fixture.AssertCountsAsync();
        await Fixture.Maintenance.PruneAsync(new JobRetention { MaxCount = 4 }, 100, Cancellation);
        await Fixture.AssertCountsAsync();
        Assert.Equal(4, (await Fixture.Admin.CountAsync(Cancellation)).Where(count => count.State > JobState.Running).Sum(count => count.Count));
    }

    [Fact]
    public async Task Operations_are_recorded_with_who_why_and_what_latest_first()
    {
        await Fixture.EndAsync("a", JobState.DeadLetter, 3);
        var filter = new JobFilter { Kinds = ["a"], States = [JobState.DeadLetter] };

        var first = await Fixture.Admin.ReplayAsync(filter, OperationsFixture.Options, Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var second = await Fixture.Admin.DiscardAsync(filter, new JobBulkOptions { Actor = "bob", Reason = "old", Max = 2 }, Cancellation);

        var operations = await Fixture.Admin.ListOperationsAsync(10, Cancellation);
        Assert.Equal([(second.OperationId, "discard", "bob", "old", 2L), (first.OperationId, "replay", "ann", "because", 3L)],
            operations.Select(operation => ((Guid?)operation.Id, operation.Action, operation.Actor, operation.Reason, operation.Changed)));
        Assert.All(operations, operation => Assert.Equal("""{"kinds":["a"],"states":["DeadLetter"]}""", operation.Target));
        Assert.Equal(second.OperationId, Assert.Single(await Fixture.Admin.ListOperationsAsync(1, Cancellation)).Id);
        Assert.Equal(new JobBulkResult(3, 2, second.OperationId), second);
    }

    [Fact]
    public async Task Dry_run_counts_to_one_beyond_the_cap_and_changes_and_records_nothing()
    {
        var ids = await Fixture.EnqueueAsync("a", 5);

        var few = await Fixture.Admin.CancelAsync(new JobFilter(), OperationsFixture.Options with { DryRun = true, Max = 3 }, Cancellation);
        var all = await Fixture.Admin.CancelAsync(new JobFilter(), OperationsFixture.Options with { DryRun = true }, Cancellation);

        Assert.Equal(new JobBulkResult(4, 0, null), few);
        Assert.Equal(new JobBulkResult(5, 0, null), all);
        Assert.Empty(await Fixture.Admin.ListOperationsAsync(10, Cancellation));
        Assert.Equal(JobState.Queued, (await Fixture.Jobs.FindAsync(ids[0], Cancellation))!.State);
    }

    [Theory]
    [InlineData("Actor")]
    [InlineData("Reason")]
    [InlineData("Max")]
    [InlineData("Stagger")]
    public async Task Change_beyond_the_limits_names_the_parameter_and_does_nothing(string name)
    {
        await Fixture.EndAsync("a", JobState.DeadLetter);
        var good = OperationsFixture.Options;
        JobBulkOptions[] bad = name switch
        {
            "Actor" => [good with { Actor = new string('x', 257) }, good with { Actor = "" }, good with { Actor = "\0" }],
            "Reason" => [good with { Reason = new string('x', 1_025) }, good with { Reason = "" }],
            "Max" => [good with { Max = 0 }, good with { Max = 100_001 }],
            _ => [good with { Stagger = TimeSpan.FromTicks(-1) }, good with { Stagger = TimeSpan.MaxValue }],
        };

        foreach (var options in bad)
        {
            Assert.Equal(name, (await Assert.ThrowsAnyAsync<ArgumentException>(() => Fixture.Admin.ReplayAsync(new JobFilter(), options, Cancellation))).ParamName);
        }

        Assert.Empty(await Fixture.Admin.ListOperationsAsync(1, Cancellation));
        Assert.Single((await Fixture.Admin.QueryAsync(new JobFilter(), null, 10, Cancellation)).Jobs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task Limit_beyond_1_to_1000_is_refused(int limit)
    {
        Assert.Equal("limit", (await Assert.ThrowsAnyAsync<ArgumentException>(() => Fixture.Admin.QueryAsync(new JobFilter(), null, limit, Cancellation))).ParamName);
        Assert.Equal("limit", (await Assert.ThrowsAnyAsync<ArgumentException>(() => Fixture.Admin.ListOperationsAsync(limit, Cancellation))).ParamName);
    }

    /// <summary>Makes 27 jobs of every state, and of every property that a filter asks for.</summary>
    private async Task<Job[]> SeedAsync()
    {
        var ids = new List<JobId>();
        foreach (var kind in (string[])["a", "b", "c"])
        {
            foreach (var state in (JobState[])[JobState.Succeeded, JobState.Failed, JobState.DeadLetter, JobState.Cancelled])
            {
                ids.AddRange(await Fixture.EndAsync(kind, state, with: request => request with { DedupeKey = "d", ConcurrencyKey = "c" }));
                ids.AddRange(await Fixture.EndAsync(kind, state, with: request => request with { RootId = ids[0], ParentId = ids[0] }));
                await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
            }
        }

        ids.AddRange(await Fixture.EnqueueAsync("a", with: request => request with { DedupeKey = "d", ConcurrencyKey = "c" }));
        await Fixture.ClaimAsync("a");
        ids.AddRange(await Fixture.EnqueueAsync("b", with: request => request with { DedupeKey = "d", ConcurrencyKey = "c", RootId = ids[0] }));
        ids.AddRange(await Fixture.EnqueueAsync("c"));
        await Fixture.ExecuteAsync("update {jobs} set error_type = 'timed_out' where state = 4");
        var jobs = new List<Job>();
        foreach (var id in ids)
        {
            jobs.Add((await Fixture.Jobs.FindAsync(id, Cancellation))!);
        }

        return [.. jobs];
    }

    private static JobFilter Filter(string which, Job[] all)
    {
        var times = all.Select(job => job.CreatedAt).Order().ToArray();
        return which switch
        {
            "all" => new(),
            "kind" => new() { Kinds = ["a"] },
            "kinds" => new() { Kinds = ["a", "c"] },
            "no kind" => new() { Kinds = [] },
            "state" => new() { States = [JobState.Succeeded] },
            "dead letters of a kind" => new() { Kinds = ["b"], States = [JobState.DeadLetter] },
            "troubles" => new() { States = [JobState.Failed, JobState.DeadLetter, JobState.Cancelled, JobState.Failed] },
            "states" => new() { States = [JobState.Queued, JobState.Running, JobState.Succeeded] },
            "no state" => new() { States = [] },
            "dedupe" => new() { DedupeKey = "d" },
            "dedupe and states" => new() { DedupeKey = "d", States = [JobState.Queued, JobState.Failed, JobState.Succeeded] },
            "concurrency" => new() { ConcurrencyKey = "c", Kinds = ["a", "b"] },
            "root" => new() { RootId = all[0].Id },
            "root and state" => new() { RootId = all[0].Id, States = [JobState.Succeeded, JobState.Queued] },
            "error type" => new() { ErrorType = "timed_out" },
            "created" => new() { CreatedFrom = times[4], CreatedBefore = times[20] },
            "finished" => new() { FinishedFrom = times[4], FinishedBefore = times[20] },
            _ => new() { Kinds = ["b"], States = [JobState.Failed, JobState.Cancelled], FinishedFrom = times[4] },
        };
    }

    private static bool Meets(Job job, JobFilter filter) =>
        (filter.Kinds is null || filter.Kinds.Contains(job.Kind))
        && (filter.States is null || filter.States.Contains(job.State))
        && (filter.DedupeKey is null || filter.DedupeKey == job.DedupeKey)
        && (filter.ConcurrencyKey is null || filter.ConcurrencyKey == job.ConcurrencyKey)
        && (filter.RootId is null || filter.RootId == job.RootId)
        && (filter.ErrorType is null || filter.ErrorType == job.ErrorType)
        && (filter.CreatedFrom is null || job.CreatedAt >= filter.CreatedFrom)
        && (filter.CreatedBefore is null || job.CreatedAt < filter.CreatedBefore)
        && (filter.FinishedFrom is null || job.FinishedAt >= filter.FinishedFrom)
        && (filter.FinishedBefore is null || job.FinishedAt < filter.FinishedBefore);
}
