using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    /// <summary>Nothing to cancel.</summary>
    [Fact]
    public async Task Cancel_of_an_unknown_job_finds_nothing() =>
        Assert.Equal(CancelOutcome.NotFound, await Store.CancelAsync(JobId.New(TimeProvider.System), Cancellation));

    /// <summary>What waits is cancelled at once.</summary>
    [Fact]
    public async Task Cancel_of_a_queued_job_ends_it_and_enqueues_its_follow_up()
    {
        var id = await EnqueueOneAsync(NewRequestWithFollowUp() with { DedupeKey = "k" });
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(CancelOutcome.Cancelled, await Store.CancelAsync(id, Cancellation));

        var job = await GetAsync(id);
        Assert.Equal((JobState.Cancelled, job.CreatedAt + TimeSpan.FromSeconds(1)), (job.State, job.FinishedAt));
        Assert.Empty(await ClaimAsync());
        await AssertFollowUpAsync(id);
        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "k" }))[0].Created);
    }

    /// <summary>What runs is asked to stop, and its outcome still counts.</summary>
    [Fact]
    public async Task Cancel_of_a_running_job_is_told_at_the_next_renewal()
    {
        var lease = await EnqueueAndClaimAsync();

        Assert.Equal(CancelOutcome.Requested, await Store.CancelAsync(lease.JobId, Cancellation));
        Assert.Equal(CancelOutcome.Requested, await Store.CancelAsync(lease.JobId, Cancellation));

        var job = await GetAsync(lease.JobId);
        Assert.Equal((JobState.Running, true), (job.State, job.CancelRequested));
        Assert.Equal([new LeaseRenewal(lease, CancelRequested: true)], await RenewAsync(lease));
        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(lease, JobState.Succeeded)).Status);
        Assert.Equal(JobState.Succeeded, (await GetAsync(lease.JobId)).State);
    }

    /// <summary>An end stays.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task Cancel_of_an_ended_job_changes_nothing(JobState end)
    {
        var lease = await EnqueueAndClaimAsync(NewRequestWithFollowUp());
        await CompleteAsync(lease, end);
        var before = await GetAsync(lease.JobId);
        await ClaimAsync(kind: FollowUpKind);

        Assert.Equal(CancelOutcome.AlreadyEnded, await Store.CancelAsync(lease.JobId, Cancellation));

        Assert.Equal(before, await GetAsync(lease.JobId));
        Assert.Empty(await ClaimAsync(kind: FollowUpKind));
    }

    /// <summary>A request to cancel isn't forgotten when the job would run again.</summary>
    [Theory]
    [InlineData("retry")]
    [InlineData("release")]
    [InlineData("lost")]
    [InlineData("lost before the start")]
    public async Task Requested_cancel_ends_a_job_that_would_be_queued_again(string way)
    {
        await EnqueueOneAsync(NewRequestWithFollowUp());
        var lease = await ClaimOneAsync(start: way == "lost before the start" ? 0 : 1);
        await Store.CancelAsync(lease.JobId, Cancellation);

        switch (way)
        {
            case "retry":
                Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(lease, JobState.Queued)).Status);
                break;
            case "release":
                Assert.Equal(1, await Store.ReleaseAsync([lease], Cancellation));
                break;
            default:
                await PassLeaseAsync();
                break;
        }

        Assert.Empty(await ClaimAsync());
        var job = await GetAsync(lease.JobId);
        Assert.Equal((JobState.Cancelled, await GetNowAsync()), (job.State, job.FinishedAt));
        await AssertFollowUpAsync(lease.JobId);
    }

    /// <summary>A replay is a new row of the same chain.</summary>
    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task Replay_enqueues_a_new_job_of_the_same_chain(JobState end)
    {
        var request = NewRequestWithFollowUp() with
        {
            Payload = "[7]", Priority = 4, MaxAttempts = 3, Timeout = TimeSpan.FromSeconds(9), DedupeKey = "k", ConcurrencyKey = "c", RootId = JobId.New(TimeProvider.System),
        };
        await CompleteAsync(await EnqueueAndClaimAsync(request), end);
        var old = await GetAsync(request.Id);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(60));

        var id = await Store.ReplayAsync(request.Id, Cancellation);

        Assert.NotNull(id);
        Assert.NotEqual(request.Id, id.Value);
        var now = await GetNowAsync();
        var replayed = await GetAsync(id.Value);
        Assert.Equal(
            new Job
            {
                Id = id.Value, Kind = Kind, Payload = "[7]", State = JobState.Queued, Priority = 4, AvailableAt = now, MaxAttempts = 3, Timeout = request.Timeout,
                DedupeKey = "k", ConcurrencyKey = "c", RootId = request.RootId!.Value, ParentId = request.Id, OnFailure = request.OnFailure, CreatedAt = now,
                TraceParent = replayed.TraceParent,
            },
            replayed);
        Assert.Equal(old, await GetAsync(request.Id));
        Assert.Equal([id.Value], IdsOf(await ClaimAsync()));
    }

    /// <summary>Only what ended badly is replayed.</summary>
    [Fact]
    public async Task Replay_of_a_job_that_is_unknown_unfinished_or_succeeded_does_nothing()
    {
        var lease = await EnqueueAndClaimAsync();
        var queued = await EnqueueOneAsync();

        Assert.Null(await Store.ReplayAsync(JobId.New(TimeProvider.System), Cancellation));
        Assert.Null(await Store.ReplayAsync(queued, Cancellation));
        Assert.Null(await Store.ReplayAsync(lease.JobId, Cancellation));
        await CompleteAsync(lease, JobState.Succeeded);
        Assert.Null(await Store.ReplayAsync(lease.JobId, Cancellation));

        Assert.Equal([queued], IdsOf(await ClaimAsync()));
    }

    /// <summary>A replay yields to the unfinished job that bears the dedupe key.</summary>
    [Fact]
    public async Task Replay_answers_with_the_unfinished_job_that_bears_its_dedupe_key()
    {
        var failed = await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k" });
        await CompleteAsync(failed, JobState.Failed);
        var standing = await EnqueueOneAsync(NewRequest() with { DedupeKey = "k" });

        Assert.Equal(standing, await Store.ReplayAsync(failed.JobId, Cancellation));

        Assert.Equal([standing], IdsOf(await ClaimAsync()));
    }
}
