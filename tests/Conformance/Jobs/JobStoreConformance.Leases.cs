using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    /// <summary>Renewed work keeps its owner.</summary>
    [Fact]
    public async Task Renewed_lease_is_not_taken_back()
    {
        var lease = await EnqueueAndClaimAsync();
        for (var i = 0; i < 10; i++)
        {
            await Fixture.AdvanceAsync(Lease / 2);
            Assert.Equal([new LeaseRenewal(lease, CancelRequested: false)], await RenewAsync(lease));
            Assert.Empty(await ClaimAsync());
        }

        Assert.Equal(await GetNowAsync() + Lease, (await GetAsync(lease.JobId)).LeaseExpiresAt);
        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(lease, JobState.Succeeded)).Status);
    }

    /// <summary>Buffered work keeps its owner, too.</summary>
    [Fact]
    public async Task Renewal_keeps_an_unstarted_claim()
    {
        await EnqueueOneAsync();
        var lease = await ClaimOneAsync(start: 0);
        await Fixture.AdvanceAsync(Lease / 2);
        await RenewAsync(lease);
        await Fixture.AdvanceAsync(Lease / 2 + TimeSpan.FromSeconds(1));

        Assert.Empty(await ClaimAsync());
        Assert.Equal([lease], await Store.StartAsync([lease], Cancellation));
    }

    /// <summary>P-LE3: what is lost stays lost.</summary>
    [Fact]
    public async Task Expired_lease_is_never_revived()
    {
        var lease = await EnqueueAndClaimAsync();
        await PassLeaseAsync();

        Assert.Empty(await RenewAsync(lease));
        var second = await ClaimOneAsync();
        Assert.Empty(await RenewAsync(lease));

        Assert.Equal([new LeaseRenewal(second, CancelRequested: false)], await RenewAsync(lease, second));
    }

    /// <summary>A crash costs an attempt, and the fence rises.</summary>
    [Fact]
    public async Task Lost_lease_is_taken_back_with_its_attempt_counted()
    {
        var first = await EnqueueAndClaimAsync();
        await PassLeaseAsync();

        var second = Assert.Single(await ClaimAsync());

        Assert.Equal((first.JobId, 2, true), (second.Lease.JobId, second.Attempt, second.Started));
        Assert.True(second.Lease.Token > first.Token);
        var job = await GetAsync(first.JobId);
        Assert.Equal((JobState.Running, 2, 1, JobErrorTypes.LeaseLost), (job.State, job.Attempt, job.LeasesLost, job.ErrorType));
        Assert.Equal(CompletionStatus.LeaseLost, (await CompleteAsync(first, JobState.Succeeded)).Status);
        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(second.Lease, JobState.Succeeded)).Status);
    }

    /// <summary>A claim that never ran costs nothing and raises no suspicion.</summary>
    [Fact]
    public async Task Lost_claim_that_never_started_costs_nothing()
    {
        var ids = await EnqueueInOrderAsync(2, request => request with { MaxAttempts = 1 });
        var lost = await ClaimAsync(max: 2, start: 0);
        await PassLeaseAsync();

        var claimed = await ClaimAsync(max: 2, start: 1);

        Assert.Equal(ids, IdsOf(claimed));
        Assert.Equal([(1, true), (1, false)], claimed.Select(job => (job.Attempt, job.Started)));
        Assert.All(claimed, (job, index) => Assert.True(job.Lease.Token > lost[index].Lease.Token));
        await AssertAttemptsAsync(ids, 1, 0);
        var job = await GetAsync(ids[0]);
        Assert.Equal((0, null, null), (job.LeasesLost, job.LastError, job.ErrorType));
    }

    /// <summary>A job that may kill its process spends nobody else's attempts.</summary>
    [Fact]
    public async Task Job_whose_lease_was_lost_is_claimed_alone_and_started_at_once()
    {
        var suspects = await EnqueueInOrderAsync(2, request => request with { Priority = request.Priority + 100 });
        await ClaimAsync(max: 2);
        var others = await EnqueueInOrderAsync(2);
        await PassLeaseAsync();

        Assert.Equal([suspects[0]], IdsOf(await ClaimAsync(max: 10, start: 10)));
        Assert.Equal([(suspects[1], true)], (await ClaimAsync(max: 10, start: 1)).Select(job => (job.Lease.JobId, job.Started)));
        Assert.Equal(others, IdsOf(await ClaimAsync(max: 10, start: 0)));
    }

    /// <summary>A suspect behind others joins no batch of theirs.</summary>
    [Fact]
    public async Task Suspect_that_is_not_first_in_order_is_in_nobodys_batch()
    {
        var suspect = (await EnqueueAndClaimAsync(NewRequest() with { Priority = -1 })).JobId;
        await PassLeaseAsync();
        var others = await EnqueueInOrderAsync(2);

        Assert.Equal(others, IdsOf(await ClaimAsync()));
        Assert.Equal([suspect], IdsOf(await ClaimAsync()));
    }

    /// <summary>Suspicion ends with an attempt that told its outcome.</summary>
    [Fact]
    public async Task Suspicion_ends_when_an_attempt_reports()
    {
        await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        var lease = await ClaimOneAsync();
        await CompleteAsync(lease, JobState.Queued);
        Assert.Equal(0, (await GetAsync(lease.JobId)).LeasesLost);
        await EnqueueOneAsync();

        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    /// <summary>G9: poison work stops.</summary>
    [Fact]
    public async Task Job_that_loses_every_lease_becomes_a_dead_letter_and_its_follow_up_is_enqueued()
    {
        var request = NewRequestWithFollowUp() with { MaxAttempts = 2 };
        var last = await EnqueueAndClaimAsync(request);
        await PassLeaseAsync();
        last = await ClaimOneAsync();
        await PassLeaseAsync();

        Assert.Empty(await ClaimAsync());

        var job = await GetAsync(request.Id);
        Assert.Equal((JobState.DeadLetter, 2, 2), (job.State, job.Attempt, job.LeasesLost));
        Assert.Equal(await GetNowAsync(), job.FinishedAt);
        Assert.False(string.IsNullOrEmpty(job.LastError));
        Assert.Equal(JobErrorTypes.LeaseLost, job.ErrorType);
        Assert.Equal((null, null), (job.LeaseOwner, job.LeaseExpiresAt));
        Assert.Equal(CompletionStatus.LeaseLost, (await CompleteAsync(last, JobState.Succeeded)).Status);
        await AssertFollowUpAsync(request.Id);
    }

    /// <summary>Slow, but not dead: the result counts while nobody has taken the job.</summary>
    [Fact]
    public async Task Completion_under_a_lease_that_ran_out_but_was_not_taken_back_is_good()
    {
        var lease = await EnqueueAndClaimAsync();
        await PassLeaseAsync();

        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(lease, JobState.Succeeded)).Status);
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>P-LE4: an orderly stop costs nothing.</summary>
    [Fact]
    public async Task Release_gives_jobs_back_at_once_and_takes_the_started_attempt_back()
    {
        var ids = await EnqueueInOrderAsync(2, request => request with { MaxAttempts = 1 });
        var claimed = await ClaimAsync(max: 2, start: 1);
        JobLease[] leases = [.. claimed.Select(job => job.Lease)];

        Assert.Equal(2, await Store.ReleaseAsync(leases, Cancellation));

        await AssertAttemptsAsync(ids, 0, 0);
        Assert.Equal(0, await Store.ReleaseAsync(leases, Cancellation));
        Assert.Empty(await RenewAsync(leases));
        Assert.Equal(CompletionStatus.LeaseLost, (await CompleteAsync(leases[0], JobState.Succeeded)).Status);
        var again = await ClaimAsync(max: 2);
        Assert.Equivalent(ids, IdsOf(again));
        Assert.Equal([1, 1], again.Select(job => job.Attempt));
        Assert.All(again, job => Assert.True(job.Lease.Token > leases.Single(lease => lease.JobId == job.Lease.JobId).Token));
    }

    /// <summary>A zombie gives nothing back.</summary>
    [Fact]
    public async Task Release_of_a_stale_lease_does_nothing()
    {
        var stale = await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        var held = await ClaimOneAsync();

        Assert.Equal(0, await Store.ReleaseAsync([stale], Cancellation));

        Assert.Equal((JobState.Running, held.Token), ((await GetAsync(held.JobId)).State, (await GetAsync(held.JobId)).LeaseToken));
    }

    private protected Task<IReadOnlyList<LeaseRenewal>> RenewAsync(params JobLease[] leases) => Store.RenewAsync(leases, Lease, Cancellation);

    private protected async Task AssertFollowUpAsync(JobId of)
    {
        var failed = await GetAsync(of);
        var followUp = Assert.Single(await ClaimAsync(kind: FollowUpKind));
        var job = await GetAsync(followUp.Lease.JobId);
        Assert.Equal("""{"of":"it"}""", followUp.Payload);
        Assert.Equal((failed.RootId, (JobId?)of, failed.FinishedAt), (job.RootId, job.ParentId, (DateTimeOffset?)job.CreatedAt));
    }
}
