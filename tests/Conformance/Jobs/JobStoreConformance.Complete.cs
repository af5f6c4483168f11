using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    /// <summary>G11: an end is written once.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task Completion_ends_the_job_once(JobState end)
    {
        var lease = await EnqueueAndClaimAsync();
        var running = await GetAsync(lease.JobId);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));
        var completion = new JobCompletion { Lease = lease, State = end, Result = """{"rows": 3}""", Error = end == JobState.Succeeded ? null : "why" };

        Assert.Equal([new CompletionResult(CompletionStatus.Applied)], await Store.CompleteAsync([completion], Cancellation));

        var ended = await GetAsync(lease.JobId);
        Assert.Equal(
            running with
            {
                State = end, Result = completion.Result, LastError = completion.Error, FinishedAt = running.CreatedAt + TimeSpan.FromSeconds(5),
                LeaseOwner = null, LeaseExpiresAt = null, LeaseToken = ended.LeaseToken,
            },
            ended);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await ClaimAsync());
        Assert.Equal([new CompletionResult(CompletionStatus.LeaseLost)], await Store.CompleteAsync([completion], Cancellation));
        Assert.Empty(await RenewAsync(lease));
        Assert.Equal(0, await Store.ReleaseAsync([lease], Cancellation));
        Assert.Equal(ended, await GetAsync(lease.JobId));
    }

    /// <summary>A retry is a row.</summary>
    [Fact]
    public async Task Retry_is_due_after_its_delay_and_keeps_the_count()
    {
        var lease = await EnqueueAndClaimAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));
        var completion = new JobCompletion { Lease = lease, State = JobState.Queued, RetryDelay = TimeSpan.FromSeconds(20), Error = "busy" };

        Assert.Equal([new CompletionResult(CompletionStatus.Applied)], await Store.CompleteAsync([completion], Cancellation));

        var job = await GetAsync(lease.JobId);
        Assert.Equal((JobState.Queued, 1, "busy", job.CreatedAt + TimeSpan.FromSeconds(25)), (job.State, job.Attempt, job.LastError, job.AvailableAt));
        Assert.Equal((null, null, null), (job.FinishedAt, job.LeaseOwner, job.LeaseExpiresAt));
        Assert.Equal([new CompletionResult(CompletionStatus.LeaseLost)], await Store.CompleteAsync([completion with { State = JobState.Succeeded }], Cancellation));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(19));
        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var again = Assert.Single(await ClaimAsync());
        Assert.Equal(2, again.Attempt);
        Assert.True(again.Lease.Token > lease.Token);
    }

    /// <summary>The last failure stays readable after a success.</summary>
    [Fact]
    public async Task Success_after_a_retry_keeps_why_the_last_failed_attempt_failed()
    {
        var lease = await EnqueueAndClaimAsync();
        await Store.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Queued, Error = "busy" }], Cancellation);

        await CompleteAsync(await ClaimOneAsync(), JobState.Succeeded);

        Assert.Equal("busy", (await GetAsync(lease.JobId)).LastError);
    }

    /// <summary>Errors are bounded.</summary>
    [Fact]
    public async Task Error_longer_than_the_limit_is_cut()
    {
        var lease = await EnqueueAndClaimAsync();

        await Store.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Failed, Error = new string('x', 8192) + "y" }], Cancellation);

        Assert.Equal(new string('x', 8192), (await GetAsync(lease.JobId)).LastError);
    }

    /// <summary>What kind of error it was is kept with the error, and cut like it.</summary>
    [Theory]
    [InlineData(JobState.Queued, 20)]
    [InlineData(JobState.Failed, 256)]
    [InlineData(JobState.DeadLetter, 257)]
    public async Task Error_type_is_kept_up_to_its_limit(JobState state, int length)
    {
        var lease = await EnqueueAndClaimAsync();
        var type = new string('t', length);

        await Store.CompleteAsync([new JobCompletion { Lease = lease, State = state, Error = "why", ErrorType = type }], Cancellation);

        var job = await GetAsync(lease.JobId);
        Assert.Equal(("why", type[..Math.Min(length, 256)]), (job.LastError, job.ErrorType));
    }

    /// <summary>The last failure is the one to read: it replaces that of a lost lease, and a success leaves it.</summary>
    [Fact]
    public async Task Error_type_is_that_of_the_last_attempt_that_failed()
    {
        var lease = await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        lease = await ClaimOneAsync();
        Assert.Equal(JobErrorTypes.LeaseLost, (await GetAsync(lease.JobId)).ErrorType);
        await Store.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Queued, Error = "slow", ErrorType = JobErrorTypes.TimedOut }], Cancellation);
        Assert.Equal(JobErrorTypes.TimedOut, (await GetAsync(lease.JobId)).ErrorType);

        await CompleteAsync(await ClaimOneAsync(), JobState.Succeeded);

        Assert.Equal(("slow", JobErrorTypes.TimedOut), ((await GetAsync(lease.JobId)).LastError, (await GetAsync(lease.JobId)).ErrorType));
    }

    /// <summary>P-LE2: each completion stands or falls by its own fence.</summary>
    [Fact]
    public async Task Stale_token_drops_itself_and_nothing_else()
    {
        var stale = await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        var retaken = await ClaimOneAsync();
        var good = await EnqueueAndClaimAsync();
        var (lost, kept) = (NewRequest(), NewRequest());

        var results = await Store.CompleteAsync(
            [
                new JobCompletion { Lease = stale, State = JobState.Failed, Error = "zombie", Effects = [lost] },
                new JobCompletion { Lease = good, State = JobState.Succeeded, Effects = [kept] },
                new JobCompletion { Lease = new JobLease(JobId.New(TimeProvider.System), 1), State = JobState.Succeeded },
                new JobCompletion { Lease = good with { Token = good.Token + 1 }, State = JobState.Failed },
            ],
            Cancellation);

        Assert.Equal([CompletionStatus.LeaseLost, CompletionStatus.Applied, CompletionStatus.LeaseLost, CompletionStatus.LeaseLost], results.Select(result => result.Status));
        var job = await GetAsync(stale.JobId);
        Assert.Equal((JobState.Running, retaken.Token), (job.State, job.LeaseToken));
        Assert.NotEqual("zombie", job.LastError);
        Assert.Equal(JobState.Succeeded, (await GetAsync(good.JobId)).State);
        Assert.Null(await Store.FindAsync(lost.Id, Cancellation));
        Assert.NotNull(await Store.FindAsync(kept.Id, Cancellation));
    }

    /// <summary>A continuation is a request returned as an effect.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Queued)]
    public async Task Request_as_effect_is_a_continuation_of_the_same_chain(JobState state)
    {
        var root = JobId.New(TimeProvider.System);
        var lease = await EnqueueAndClaimAsync(NewRequest() with { RootId = root });
        var next = NewRequest("[2]") with { Delay = TimeSpan.FromSeconds(3) };

        Assert.Equal(new CompletionResult(CompletionStatus.Applied), await CompleteAsync(lease, state, next));

        var job = await GetAsync(next.Id);
        Assert.Equal((JobState.Queued, root, lease.JobId, job.CreatedAt + TimeSpan.FromSeconds(3)), (job.State, job.RootId, job.ParentId, job.AvailableAt));
    }

    /// <summary>An effect that can't be applied takes its whole completion with it, and only that.</summary>
    [Fact]
    public async Task Refused_effect_writes_nothing_of_its_completion_and_leaves_the_others_applied()
    {
        var refused = await EnqueueAndClaimAsync();
        var applied = await EnqueueAndClaimAsync();
        var (lost, kept) = (NewRequest(), NewRequest());

        var results = await Store.CompleteAsync(
            [
                new JobCompletion { Lease = refused, State = JobState.Succeeded, Effects = [lost, new UnknownEffect()] },
                new JobCompletion { Lease = applied, State = JobState.Succeeded, Effects = [kept] },
            ],
            Cancellation);

        Assert.Equal([CompletionStatus.Refused, CompletionStatus.Applied], results.Select(result => result.Status));
        Assert.Contains(nameof(UnknownEffect), results[0].Error, StringComparison.Ordinal);
        Assert.Equal(JobState.Running, (await GetAsync(refused.JobId)).State);
        Assert.Null(await Store.FindAsync(lost.Id, Cancellation));
        Assert.NotNull(await Store.FindAsync(kept.Id, Cancellation));
        Assert.Single(await RenewAsync(refused));
        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(refused, JobState.Failed)).Status);
    }

    /// <summary>Effects commit with the completion, in order, once.</summary>
    [Fact]
    public async Task Effects_are_applied_in_order_under_the_fence_and_once()
    {
        var probe = Fixture.Effects;
        Assert.SkipWhen(probe is null, "The store knows no effects but requests.");
        var stale = await EnqueueAndClaimAsync();
        await PassLeaseAsync();
        var held = await ClaimOneAsync();
        string[] texts = [.. Enumerable.Range(1, 4).Select(number => $"{Kind}-{number}")];

        Assert.Equal(CompletionStatus.LeaseLost, (await CompleteAsync(stale, JobState.Succeeded, probe.Applicable(texts[0]))).Status);
        Assert.Equal(CompletionStatus.Refused, (await CompleteAsync(held, JobState.Succeeded, probe.Applicable(texts[1]), new UnknownEffect())).Status);
        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(held, JobState.Succeeded, probe.Applicable(texts[2]), probe.Applicable(texts[3]))).Status);
        Assert.Equal(CompletionStatus.LeaseLost, (await CompleteAsync(held, JobState.Succeeded, probe.Applicable(texts[2]))).Status);

        Assert.Equal(texts[2..], (await probe.ReadAsync()).Where(text => text.StartsWith(Kind, StringComparison.Ordinal)));
    }

    /// <summary>A known effect that can't be applied is refused like an unknown one.</summary>
    [Fact]
    public async Task Impossible_effect_is_refused_with_a_reason()
    {
        var impossible = Fixture.Effects?.Impossible();
        Assert.SkipWhen(impossible is null, "The store knows no effect that can't be applied.");
        var lease = await EnqueueAndClaimAsync();
        var lost = NewRequest();

        var result = await CompleteAsync(lease, JobState.Succeeded, lost, impossible);

        Assert.Equal(CompletionStatus.Refused, result.Status);
        Assert.False(string.IsNullOrEmpty(result.Error));
        Assert.Null(await Store.FindAsync(lost.Id, Cancellation));
        Assert.Equal(JobState.Running, (await GetAsync(lease.JobId)).State);
    }

    /// <summary>Somebody learns of every end but success.</summary>
    [Theory]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task End_other_than_success_enqueues_the_follow_up(JobState end)
    {
        var lease = await EnqueueAndClaimAsync(NewRequestWithFollowUp() with { RootId = JobId.New(TimeProvider.System) });

        await CompleteAsync(lease, end);

        await AssertFollowUpAsync(lease.JobId);
    }

    /// <summary>No failure, no follow-up.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Queued)]
    public async Task Success_and_retry_enqueue_no_follow_up(JobState state)
    {
        var lease = await EnqueueAndClaimAsync(NewRequestWithFollowUp());

        await CompleteAsync(lease, state);

        Assert.Empty(await ClaimAsync(kind: FollowUpKind));
    }

    /// <summary>A claim is never a completion.</summary>
    [Fact]
    public async Task Completion_to_running_is_a_programmer_error()
    {
        var lease = await EnqueueAndClaimAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => CompleteAsync(lease, JobState.Running));
    }
}
