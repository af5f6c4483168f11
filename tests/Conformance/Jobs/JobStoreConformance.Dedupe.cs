using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

public abstract partial class JobStoreConformance
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The time is the store's, and comes back with the job.</summary>
    [Fact]
    public async Task Time_of_a_dedupe_key_counts_from_the_enqueue()
    {
        var id = await EnqueueOneAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute, Delay = TimeSpan.FromHours(1) });

        var job = await GetAsync(id);

        Assert.Equal(job.CreatedAt + Minute, job.DedupeUntil);
    }

    /// <summary>The key outlives its job for the time that was asked.</summary>
    [Theory]
    [InlineData(JobState.Succeeded)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.DeadLetter)]
    [InlineData(JobState.Cancelled)]
    public async Task Dedupe_key_stays_taken_for_its_time_when_its_job_has_ended(JobState end)
    {
        var lease = await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute });
        await CompleteAsync(lease, end);
        await Fixture.AdvanceAsync(Minute - TimeSpan.FromMilliseconds(1));

        Assert.Equal([new EnqueueResult(lease.JobId, Created: false)], await EnqueueAsync(NewRequest() with { DedupeKey = "k" }));
        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "k", Kind = Kind + "-other" }))[0].Created);
        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "K" }))[0].Created);
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(2));
        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "k" }))[0].Created);
    }

    /// <summary>An unfinished job keeps its key, however long ago its time was over.</summary>
    [Fact]
    public async Task Unfinished_job_keeps_its_dedupe_key_beyond_its_time()
    {
        var id = await EnqueueOneAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute });
        await Fixture.AdvanceAsync(2 * Minute);

        Assert.Equal([new EnqueueResult(id, Created: false)], await EnqueueAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }));
        await CompleteAsync(await ClaimOneAsync(), JobState.Succeeded);
        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "k" }))[0].Created);
    }

    /// <summary>A repetition doesn't lengthen the time.</summary>
    [Fact]
    public async Task Repeated_enqueue_does_not_lengthen_the_time()
    {
        await CompleteAsync(await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }), JobState.Succeeded);
        await Fixture.AdvanceAsync(Minute / 2);
        Assert.False((await EnqueueAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }))[0].Created);
        await Fixture.AdvanceAsync(Minute / 2 + TimeSpan.FromMilliseconds(1));

        Assert.True((await EnqueueAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }))[0].Created);
    }

    /// <summary>The next bearer of the key has a time of its own.</summary>
    [Fact]
    public async Task Key_that_was_free_again_is_taken_by_its_next_job_for_the_time_of_that()
    {
        await CompleteAsync(await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }), JobState.Succeeded);
        await Fixture.AdvanceAsync(2 * Minute);
        var second = await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute });
        await CompleteAsync(second, JobState.Succeeded);
        await Fixture.AdvanceAsync(Minute / 2);

        Assert.Equal([new EnqueueResult(second.JobId, Created: false)], await EnqueueAsync(NewRequest() with { DedupeKey = "k" }));
    }

    /// <summary>A continuation is an enqueue, and yields like one.</summary>
    [Fact]
    public async Task Continuation_with_a_key_that_is_kept_for_a_time_makes_no_job()
    {
        await CompleteAsync(await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }), JobState.Succeeded);
        var continuation = NewRequest() with { DedupeKey = "k" };

        Assert.Equal(CompletionStatus.Applied, (await CompleteAsync(await EnqueueAndClaimAsync(), JobState.Succeeded, continuation)).Status);

        Assert.Null(await Store.FindAsync(continuation.Id, Cancellation));
    }

    /// <summary>A person who replays a job means it: only an unfinished one is in the way.</summary>
    [Fact]
    public async Task Replay_does_not_yield_to_the_time_of_the_key_of_an_ended_job()
    {
        var failed = await EnqueueAndClaimAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute });
        await CompleteAsync(failed, JobState.Failed);

        var replay = await Store.ReplayAsync(failed.JobId, Cancellation);

        Assert.NotNull(replay);
        Assert.NotEqual(failed.JobId, replay.Value);
        Assert.Equal(replay, await Store.ReplayAsync(failed.JobId, Cancellation));
        Assert.Equal([new EnqueueResult(replay.Value, Created: false)], await EnqueueAsync(NewRequest() with { DedupeKey = "k" }));
        Assert.Equal([replay.Value], IdsOf(await ClaimAsync()));
    }

    /// <summary>Of several enqueues with one key and a time, one makes a job, even when it ends meanwhile.</summary>
    [Fact]
    public async Task Parallel_enqueues_with_one_key_and_a_time_make_one_job()
    {
        var created = 0;

        await InParallelAsync(async _ =>
        {
            for (var round = 0; round < 5; round++)
            {
                if ((await EnqueueAsync(NewRequest() with { DedupeKey = "k", DedupeFor = Minute }))[0].Created)
                {
                    Interlocked.Increment(ref created);
                }

                foreach (var job in await ClaimAsync(1))
                {
                    await CompleteAsync(job.Lease, JobState.Succeeded);
                }
            }
        });

        Assert.Equal(1, created);
    }
}
