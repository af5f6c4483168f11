using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    /// <summary>A claim shows in the stored job.</summary>
    [Fact]
    public async Task Claim_hands_out_the_job_and_sets_owner_lease_and_token()
    {
        var request = NewRequest("""{"a":1}""") with { MaxAttempts = 3, Timeout = TimeSpan.FromMinutes(2), TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        await EnqueueAsync(request);
        var before = await GetAsync(request.Id);

        var claimed = Assert.Single(await ClaimAsync());

        Assert.True(claimed.Lease.Token > before.LeaseToken);
        Assert.Equal(
            new ClaimedJob
            {
                Lease = new JobLease(request.Id, claimed.Lease.Token), Kind = Kind, Payload = """{"a":1}""", Attempt = 1, MaxAttempts = 3, Started = true,
                Timeout = request.Timeout, RootId = request.Id, TraceParent = request.TraceParent, AvailableAt = before.AvailableAt,
            },
            claimed);
        Assert.Equal(
            before with { State = JobState.Running, Attempt = 1, LeaseOwner = "worker-1", LeaseToken = claimed.Lease.Token, LeaseExpiresAt = before.CreatedAt + Lease },
            await GetAsync(request.Id));
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>Priority, due time, id: in this order.</summary>
    [Fact]
    public async Task Claims_come_by_priority_then_due_time_then_id()
    {
        var ids = Enumerable.Range(0, 6).Select(_ => JobId.New(TimeProvider.System)).OrderBy(id => id.Value).ToArray();
        await EnqueueAsync(
            NewRequest() with { Id = ids[0], Priority = -1 },
            NewRequest() with { Id = ids[1], Delay = TimeSpan.FromSeconds(2) },
            NewRequest() with { Id = ids[4], Delay = TimeSpan.FromSeconds(1) },
            NewRequest() with { Id = ids[3], Delay = TimeSpan.FromSeconds(1) },
            NewRequest() with { Id = ids[2], Priority = 5, Delay = TimeSpan.FromSeconds(2) },
            NewRequest() with { Id = ids[5], Priority = 5, Delay = TimeSpan.FromSeconds(60) });
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(3));

        var first = await ClaimAsync(2);
        var rest = await ClaimAsync();

        Assert.Equal([ids[2], ids[3]], IdsOf(first));
        Assert.Equal([ids[4], ids[1], ids[0]], IdsOf(rest));
    }

    /// <summary>A process that dies before a job has its slot may not take its last attempt along.</summary>
    [Fact]
    public async Task Claim_starts_no_last_attempt_ahead_of_its_slot()
    {
        foreach (var maxAttempts in (int[])[1, 1, 2])
        {
            await EnqueueOneAsync(NewRequest() with { MaxAttempts = maxAttempts });
            await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var claimed = await Store.ClaimAsync(
            new ClaimRequest { Owner = "worker-1", Kinds = [Kind], MaxJobs = 3, StartAtOnce = 3, StartAhead = 2, Lease = Lease }, Cancellation);

        Assert.Equal([true, false, true], claimed.Select(job => job.Started));
        var stored = await Task.WhenAll(claimed.Select(job => GetAsync(job.Lease.JobId)));
        Assert.Equal([1, 0, 1], stored.Select(job => job.Attempt));
    }

    /// <summary>A worker gets only what it can run.</summary>
    [Fact]
    public async Task Claim_takes_only_the_kinds_that_were_asked_for()
    {
        var mine = await EnqueueOneAsync();
        var other = await EnqueueOneAsync(NewRequest() with { Kind = Kind + "-other" });

        Assert.Equal([mine], IdsOf(await ClaimAsync()));
        Assert.Equal([other], IdsOf(await ClaimAsync(kind: Kind + "-other")));
        Assert.Empty(await ClaimAsync(kind: Kind + "-none"));
    }

    /// <summary>A job isn't due before its time.</summary>
    [Fact]
    public async Task Delayed_job_is_claimed_when_due_and_not_before()
    {
        var id = await EnqueueOneAsync(NewRequest() with { Delay = TimeSpan.FromSeconds(10) });

        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([id], IdsOf(await ClaimAsync()));
    }

    /// <summary>Buffered claims cost no attempt until they are started.</summary>
    [Fact]
    public async Task Claim_starts_the_first_and_leaves_the_others_unstarted()
    {
        var ids = await EnqueueInOrderAsync(3);

        var claimed = await ClaimAsync(max: 3, start: 1);

        Assert.Equal(ids, IdsOf(claimed));
        Assert.Equal([true, false, false], claimed.Select(job => job.Started));
        Assert.Equal([1, 1, 1], claimed.Select(job => job.Attempt));
        await AssertAttemptsAsync(ids, 1, 0, 0);
    }

    /// <summary>Starting counts, once.</summary>
    [Fact]
    public async Task Start_counts_the_attempt_once_however_often_it_is_repeated()
    {
        var ids = await EnqueueInOrderAsync(2);
        JobLease[] leases = [.. (await ClaimAsync(max: 2, start: 0)).Select(job => job.Lease)];

        var started = await Store.StartAsync(leases, Cancellation);
        var again = await Store.StartAsync(leases, Cancellation);

        Assert.Equivalent(leases, started, strict: true);
        Assert.Equivalent(leases, again, strict: true);
        await AssertAttemptsAsync(ids, 1, 1);
    }

    /// <summary>A handler may not run under a lease that was lost.</summary>
    [Fact]
    public async Task Start_leaves_out_leases_that_are_not_held()
    {
        await EnqueueInOrderAsync(2);
        var lost = (await ClaimAsync(max: 2, start: 0)).Select(job => job.Lease).ToArray();
        await PassLeaseAsync();
        var held = (await ClaimAsync(max: 1, start: 0)).Select(job => job.Lease).ToArray();

        var started = await Store.StartAsync([.. lost, .. held, new JobLease(JobId.New(TimeProvider.System), 1)], Cancellation);

        Assert.Equal(held, started);
    }

    /// <summary>How long to sleep.</summary>
    [Fact]
    public async Task Time_to_next_is_the_time_until_a_job_is_due_or_a_lease_runs_out()
    {
        Assert.Null(await TimeToNextAsync());
        await EnqueueOneAsync(NewRequest() with { Delay = TimeSpan.FromSeconds(100) });
        Assert.Equal(TimeSpan.FromSeconds(100), await TimeToNextAsync());

        var now = await EnqueueOneAsync();
        Assert.Equal(TimeSpan.Zero, await TimeToNextAsync());

        Assert.Equal([now], IdsOf(await ClaimAsync()));
        Assert.Equal(Lease, await TimeToNextAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(Lease - TimeSpan.FromSeconds(10), await TimeToNextAsync());

        await PassLeaseAsync();
        Assert.Equal(TimeSpan.Zero, await TimeToNextAsync());
        Assert.Null(await Store.GetTimeToNextAsync([Kind + "-none"], Cancellation));
    }

    /// <summary>Ended jobs wake nobody.</summary>
    [Fact]
    public async Task Time_to_next_ignores_ended_jobs()
    {
        await CompleteAsync(await EnqueueAndClaimAsync(), JobState.Succeeded);

        Assert.Null(await TimeToNextAsync());
    }

    private protected Task<TimeSpan?> TimeToNextAsync() => Store.GetTimeToNextAsync([Kind], Cancellation);

    /// <summary>Enqueues jobs that are claimed in the order of the answer.</summary>
    private protected async Task<JobId[]> EnqueueInOrderAsync(int count, Func<JobRequest, JobRequest>? with = null)
    {
        JobRequest[] requests = [.. Enumerable.Range(0, count).Select(index => NewRequest() with { Priority = count - index })];
        await EnqueueAsync([.. requests.Select(request => with?.Invoke(request) ?? request)]);
        return [.. requests.Select(request => request.Id)];
    }

    private async Task AssertAttemptsAsync(JobId[] ids, params int[] expected)
    {
        var attempts = new List<int>();
        foreach (var id in ids)
        {
            attempts.Add((await GetAsync(id)).Attempt);
        }

        Assert.Equal(expected, attempts);
    }
}
