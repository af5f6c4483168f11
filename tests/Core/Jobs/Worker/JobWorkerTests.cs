using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerTests
{
    [Fact]
    public async Task Enqueued_job_runs_at_once_and_its_result_and_continuation_are_stored()
    {
        var contexts = new List<JobContext>();
        await using var host = JobWorkerHost.Start((payload, context, _) =>
        {
            contexts.Add(context);
            return Task.FromResult(payload == 0 ? JobRunResult.Succeeded(Continuation(context, 1)).WithOutput("""{"rows":3}""") : JobRunResult.Succeeded());
        });

        var id = await host.EnqueueAsync();
        await Eventually.HoldsAsync(() => contexts.Count == 2, "the continuation runs");

        var job = await host.GetAsync(id);
        Assert.Equal((JobState.Succeeded, 1, """{"rows":3}"""), (job.State, job.Attempt, job.Result));
        Assert.Equal([(id, 1, 5), (id, 1, 5)], contexts.Select(context => (context.RootId, context.Attempt, context.MaxAttempts)));
    }

    [Fact]
    public async Task Failed_attempts_are_retried_with_growing_delays_and_end_as_a_dead_letter_with_its_follow_up()
    {
        var failures = 0;
        var followUps = new List<int>();
        await using var host = JobWorkerHost.Start(
            (payload, context, _) =>
            {
                if (payload == 7)
                {
                    followUps.Add(payload);
                    return Task.FromResult(JobRunResult.Succeeded());
                }

                Interlocked.Increment(ref failures);
                return context.IsLastAttempt ? Task.FromResult(JobRunResult.Retry("third")) : throw new InvalidOperationException("broken");
            },
            options => options.Retry.Jitter = 0);

        var id = await host.EnqueueAsync(1, job => job with { MaxAttempts = 3, OnFailure = new JobFollowUp(JobWorkerHost.Kind, "7") });
        var first = await host.FailsOnceAsync(id);
        Assert.Equal(("InvalidOperationException: broken", 1, first.CreatedAt + TimeSpan.FromSeconds(5)), (first.LastError, first.Attempt, first.AvailableAt));
        var job = await host.ReachesAsync(id, JobState.DeadLetter);

        Assert.Equal((3, 3, "third"), (failures, job.Attempt, job.LastError));
        Assert.True(job.FinishedAt >= job.CreatedAt + TimeSpan.FromSeconds(20));
        await host.HoldsAsync(() => followUps.Count == 1, "the follow-up runs");
        await host.HoldsAsync(() => host.Metrics[$"{JobsDiagnostics.Completed}:dead_letter"] == 1, "the dead letter is counted");
        Assert.Equal(2, host.Metrics[$"{JobsDiagnostics.Completed}:retried"]);
    }

    [Fact]
    public async Task Handler_may_set_the_wait_before_the_next_attempt()
    {
        await using var host = JobWorkerHost.Start((_, context, _) =>
            Task.FromResult(context.Attempt == 1 ? JobRunResult.RetryAfter(TimeSpan.FromMinutes(10), "busy") : JobRunResult.Succeeded()));

        var id = await host.EnqueueAsync();
        var waiting = await host.FailsOnceAsync(id);
        Assert.Equal(waiting.CreatedAt + TimeSpan.FromMinutes(10), waiting.AvailableAt);

        var job = await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.FromMinutes(1));
        Assert.True(job.FinishedAt >= waiting.AvailableAt);
    }

    [Fact]
    public async Task Terminal_failure_is_not_retried()
    {
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Failed("no such account")));

        var job = await host.ReachesAsync(await host.EnqueueAsync(), JobState.Failed);

        Assert.Equal((1, "no such account"), (job.Attempt, job.LastError));
    }

    [Fact]
    public async Task No_more_handlers_run_at_once_than_there_are_slots()
    {
        var (now, most, gate) = (0, 0, new TaskCompletionSource());
        await using var host = JobWorkerHost.Start(
            async (_, _, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                await gate.Task;
                Interlocked.Decrement(ref now);
                return JobRunResult.Succeeded();
            },
            options => options.Concurrency = 3);

        JobId[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.EnqueueAsync()))];
        await Eventually.HoldsAsync(() => Volatile.Read(ref now) == 3, "three run");
        var waiting = await Task.WhenAll(ids.Select(host.GetAsync));
        Assert.Equal(7, waiting.Count(job => job.State == JobState.Queued));
        gate.SetResult();

        foreach (var id in ids)
        {
            await host.ReachesAsync(id, JobState.Succeeded);
        }

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Delayed_job_runs_when_it_is_due_though_nothing_signals()
    {
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Succeeded()));

        var id = await host.EnqueueAsync(configure: job => job with { Delay = TimeSpan.FromMinutes(3) });
        var job = await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.FromSeconds(10));

        Assert.True(job.FinishedAt >= job.CreatedAt + TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Worker_that_is_not_enabled_claims_nothing_but_the_queue_works()
    {
        await using var host = JobWorkerHost.Start((_, _, _) => throw new InvalidOperationException(), options => options.Enabled = false);

        var id = await host.EnqueueAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JobState.Queued, (await host.GetAsync(id)).State);
        Assert.Equal(0, host.Store.Claims);
    }

    [Fact]
    public async Task Refused_effect_becomes_a_retry_with_that_error_and_a_dead_letter_at_the_last()
    {
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Succeeded(new UnknownEffect())));

        var id = await host.EnqueueAsync(configure: job => job with { MaxAttempts = 2 });
        var retried = await host.FailsOnceAsync(id);
        Assert.Contains(nameof(UnknownEffect), retried.LastError, StringComparison.Ordinal);
        var job = await host.ReachesAsync(id, JobState.DeadLetter);

        Assert.Equal((2, retried.LastError), (job.Attempt, job.LastError));
    }

    private static JobRequest Continuation(JobContext context, int payload) =>
        new() { Id = new JobId(Guid.CreateVersion7()), Kind = JobWorkerHost.Kind, Payload = JobPayload.Serialize(payload), DedupeKey = $"after-{context.JobId}" };

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private sealed record UnknownEffect : JobEffect;
}
