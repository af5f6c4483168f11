using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Tests;

/// <summary>Limits, pauses and counts in the statements that claim and end jobs; derived for each database.</summary>
public abstract class JobKindTests : IAsyncLifetime
{
    private TestNode? _node;
    private Func<TimeSpan, Task>? _advance;
    private Func<ValueTask>? _dispose;

    private protected abstract Task<(TestNode Node, Func<TimeSpan, Task> Advance, Func<ValueTask> Dispose)> CreateAsync();

    private TestNode Node => _node!;

    private IJobKindStore Kinds => Node.Provider.GetRequiredService<IJobKindStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_node, _advance, _dispose) = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Node.DisposeAsync();
        await _dispose!();
    }

    [Fact]
    public async Task Paused_kind_is_not_claimed_and_nobody_waits_for_it_until_it_is_resumed()
    {
        await EnqueueAsync("paused", 2);
        await EnqueueAsync("open", 1);

        Assert.True(await Kinds.PauseAsync("paused", "ann", "the partner is down", Cancellation));
        Assert.False(await Kinds.PauseAsync("paused", "bob", "again", Cancellation));

        Assert.Equal(["open"], (await ClaimAsync(10)).Select(job => job.Kind));
        Assert.Null(await Node.Jobs.GetTimeToNextAsync(["paused"], Cancellation));
        var paused = Assert.Single(await Kinds.ListAsync(Cancellation));
        Assert.Equal(("paused", "ann", "the partner is down"), (paused.Kind, paused.PausedBy, paused.PauseReason));
        Assert.True(await Kinds.ResumeAsync("paused", "bob", "it is up", Cancellation));
        Assert.Equal(2, (await ClaimAsync(10)).Count);
        Assert.Empty(await Kinds.ListAsync(Cancellation));
        Assert.Equal(["ann: pause", "bob: resume"], await QueryAsync<string>("select actor || ': ' || action as \"Value\" from {0} order by action", "job_operations"));
    }

    [Fact]
    public async Task Limits_hold_for_all_nodes_together_and_leave_other_kinds_alone()
    {
        await Kinds.SetLimitsAsync("few", new JobKindLimits { MaxRunning = 3 }, Cancellation);
        await EnqueueAsync("few", 10, priority: 1);
        await EnqueueAsync("open", 10);

        var claimed = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ClaimAsync(5)))).SelectMany(jobs => jobs).ToArray();

        Assert.InRange(claimed.Count(job => job.Kind == "few"), 0, 3);
        var all = claimed.Concat(await ClaimAsync(20)).ToArray();
        Assert.Equal(3, all.Count(job => job.Kind == "few"));
        Assert.Equal(10, all.Count(job => job.Kind == "open"));
        await CompleteAsync(all.First(job => job.Kind == "few"));
        Assert.Single(await ClaimAsync(5));
        await Kinds.SetLimitsAsync("few", JobKindLimits.None, Cancellation);
        Assert.Equal(6, (await ClaimAsync(20)).Count);
    }

    [Fact]
    public async Task Keys_that_are_full_are_passed_over_and_jobs_without_one_are_not_counted()
    {
        await Kinds.SetLimitsAsync("keyed", new JobKindLimits { MaxRunningPerKey = 1 }, Cancellation);
        await EnqueueAsync("keyed", 5, key: "a");
        await EnqueueAsync("keyed", 2, key: "b");
        await EnqueueAsync("keyed", 2);

        var claimed = await ClaimAsync(4);
        await CompleteAsync(claimed[0]);

        Assert.Equal(4, claimed.Count);
        Assert.Single(await ClaimAsync(4));
        Assert.Empty(await ClaimAsync(4));
    }

    [Fact]
    public async Task Rate_is_a_bucket_that_refills_evenly()
    {
        await Kinds.SetLimitsAsync("slow", new JobKindLimits { Rate = new JobRateLimit(3, TimeSpan.FromSeconds(1)) }, Cancellation);
        await EnqueueAsync("slow", 9);

        Assert.Equal(2, (await ClaimAsync(2)).Count);
        Assert.Single(await ClaimAsync(5));
        Assert.Empty(await ClaimAsync(5));
        await _advance!(TimeSpan.FromMilliseconds(333));
        Assert.Empty(await ClaimAsync(5));
        await _advance(TimeSpan.FromMilliseconds(1));
        Assert.Single(await ClaimAsync(5));
        await Kinds.SetLimitsAsync("slow", new JobKindLimits { Rate = new JobRateLimit(3, TimeSpan.FromSeconds(1)) }, Cancellation);
        Assert.Empty(await ClaimAsync(5));
        await _advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, (await ClaimAsync(5)).Count);
    }

    [Fact]
    public async Task Suspect_of_a_limited_kind_is_claimed_alone_and_spends_one_token()
    {
        await Kinds.SetLimitsAsync("slow", new JobKindLimits { Rate = new JobRateLimit(3, TimeSpan.FromDays(1)) }, Cancellation);
        await EnqueueAsync("slow", 4);
        Assert.Single(await ClaimAsync(1));
        await _advance!(TimeSpan.FromMinutes(2));

        var suspect = Assert.Single(await ClaimAsync(3));

        Assert.Equal((true, 2), (suspect.Started, suspect.Attempt));
        Assert.Single(await ClaimAsync(3));
        Assert.Empty(await ClaimAsync(3));
    }

    [Fact]
    public async Task Ends_of_every_way_are_counted_by_kind_and_state()
    {
        await EnqueueAsync("a", 4);
        await EnqueueAsync("b", 2);
        var claimed = await ClaimAsync(6);
        var (a, b) = (claimed.Where(job => job.Kind == "a").ToArray(), claimed.Where(job => job.Kind == "b").ToArray());

        await CompleteAsync([a[0], a[1], b[0]]);
        await CompleteAsync(JobState.Failed, a[2]);
        await Node.Jobs.CancelAsync(b[1].Lease.JobId, Cancellation);
        await Node.Jobs.ReleaseAsync([b[1].Lease], Cancellation);
        await EnqueueAsync("b", 1, attempts: 1);
        await ClaimAsync(1);
        await _advance!(TimeSpan.FromMinutes(2));
        await ClaimAsync(1);

        Assert.Equal(
            ["a 2 2", "a 3 1", "b 2 1", "b 4 1", "b 5 1"],
            await QueryAsync<string>("select kind || ' ' || state || ' ' || sum(count) as \"Value\" from {0} group by kind, state order by kind, state", "job_tallies"));
    }

    private Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(string kind, int count, string? key = null, int priority = 0, int attempts = 5) => Node.Jobs.EnqueueAsync(
        [.. Enumerable.Range(0, count).Select(_ => new JobRequest
        {
            Id = JobId.New(TimeProvider.System), Kind = kind, Payload = "{}", ConcurrencyKey = key, Priority = priority, MaxAttempts = attempts,
        })],
        Cancellation);

    private Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int max) => Node.Jobs.ClaimAsync(
        new ClaimRequest { Owner = "w", Kinds = ["a", "b", "few", "keyed", "open", "paused", "slow"], MaxJobs = max, StartAtOnce = max, Lease = TimeSpan.FromMinutes(1) }, Cancellation);

    private Task CompleteAsync(params ClaimedJob[] jobs) => CompleteAsync(JobState.Succeeded, jobs);

    private async Task CompleteAsync(JobState state, params ClaimedJob[] jobs)
    {
        var results = await Node.Jobs.CompleteAsync([.. jobs.Select(job => new JobCompletion { Lease = job.Lease, State = state, Error = state == JobState.Failed ? "no" : null })], Cancellation);
        Assert.All(results, result => Assert.Equal(CompletionStatus.Applied, result.Status));
    }

    private Task<List<T>> QueryAsync<T>(string sql, string table) => Node.WithContextAsync(context =>
        context.Database.SqlQueryRaw<T>(sql.Replace("{0}", SwitchyardDialect.Of(context).Table(table), StringComparison.Ordinal)).ToListAsync(Cancellation));
}
