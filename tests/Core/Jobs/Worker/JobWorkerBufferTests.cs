using System.Collections.Concurrent;
using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerBufferTests : IAsyncDisposable
{
    private const int Tiny = 0;
    private const int Held = 1;
    private readonly SemaphoreSlim _gate = new(0);
    private readonly ConcurrentBag<JobLease> _leases = [];
    private int _entered;

    public ValueTask DisposeAsync()
    {
        _gate.Release(1_000);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Buffer_is_refilled_before_it_runs_dry()
    {
        var sizes = new List<int>();
        await using var host = await StartWarmAsync(options => options.Concurrency = 1);
        host.Store.Before = (operation, argument) =>
        {
            if (operation == "claim")
            {
                sizes.Add(((ClaimRequest)argument).MaxJobs);
            }

            return null;
        };

        await host.EnqueueManyAsync(100, Held);
        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.Buffered] == 10 && _entered == 1, "one runs and ten wait");
        _gate.Release(4);
        await Eventually.HoldsAsync(() => _entered == 5, "four more run");
        Assert.Equal([11], sizes);
        _gate.Release();
        await Eventually.HoldsAsync(() => sizes.Count == 2, "the buffer is filled up at its half");

        Assert.Equal(11, sizes[0]);
        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.Buffered] == 10, "ten wait again");
        _gate.Release(1_000);
    }

    [Fact]
    public async Task Jobs_that_wait_in_the_buffer_pay_nothing_when_the_process_dies()
    {
        await using var host = await StartWarmAsync(options => (options.StartAhead, options.LeaseDuration) = (TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        var ids = await host.EnqueueManyAsync(12, Held);
        await Eventually.HoldsAsync(() => _entered == 2 && host.Metrics[JobsDiagnostics.Buffered] == 10, "two run and ten wait");
        var held = await host.GetAllAsync(ids);
        Assert.Equal((2, 10), (held.Count(job => job.Attempt == 1), held.Count(job => job is { Attempt: 0, State: JobState.Running })));

        // Dead to the store: nothing that it says from now on arrives.
        host.Store.Before = (operation, argument) => operation == "claim" && ((ClaimRequest)argument).Owner == "worker-2" ? null : new IOException();
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        await host.Store.ClaimAsync(
            new ClaimRequest { Owner = "worker-2", Kinds = [JobWorkerHost.Kind], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromMinutes(1) }, TestContext.Current.CancellationToken);

        var after = await host.GetAllAsync(ids);
        Assert.Equal((2, 10), (after.Count(job => job.LeasesLost == 1), after.Count(job => job is { LeasesLost: 0, Attempt: 0, State: JobState.Queued })));
        _gate.Release(1_000);
    }

    [Fact]
    public async Task A_last_attempt_is_not_started_before_it_has_a_slot()
    {
        await using var host = await StartWarmAsync();
        var ids = await host.EnqueueManyAsync(12, Held, maxAttempts: 1);
        await Eventually.HoldsAsync(() => _entered == 2 && host.Metrics[JobsDiagnostics.Buffered] == 10, "two run and ten wait");

        Assert.Equal(10, (await host.GetAllAsync(ids)).Count(job => job is { Attempt: 0, State: JobState.Running }));

        _gate.Release(1_000);
        foreach (var id in ids)
        {
            Assert.Equal(1, (await host.ReachesAsync(id, JobState.Succeeded)).Attempt);
        }
    }

    [Fact]
    public async Task Jobs_are_not_held_behind_slow_handlers()
    {
        await using var host = await StartWarmAsync();
        var ids = await host.EnqueueManyAsync(12, Held);
        await Eventually.HoldsAsync(() => _entered == 2 && host.Metrics[JobsDiagnostics.Buffered] == 10, "two run and ten wait");

        await host.HoldsAsync(async () => (await host.GetAllAsync(ids)).Count(job => job.State == JobState.Queued) == 10, "ten are given back", TimeSpan.FromMilliseconds(5));

        var jobs = await host.GetAllAsync(ids);
        Assert.All(jobs.Where(job => job.State == JobState.Queued), job => Assert.Equal(0, job.Attempt));
        Assert.Equal(10, host.Metrics[JobsDiagnostics.Returned]);
        Assert.True(host.Clock.GetUtcNow() - jobs[0].CreatedAt <= TimeSpan.FromMilliseconds(50));
        _gate.Release(1_000);
        foreach (var id in ids)
        {
            Assert.Equal(1, (await host.ReachesAsync(id, JobState.Succeeded)).Attempt);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Stop_gives_the_buffer_back_at_once(int startAheadMs)
    {
        await using var host = await StartWarmAsync(options => options.StartAhead = TimeSpan.FromMilliseconds(startAheadMs));
        var ids = await host.EnqueueManyAsync(12, Held);
        await Eventually.HoldsAsync(() => _entered == 2 && host.Metrics[JobsDiagnostics.Buffered] == 10, "two run and ten wait");

        // The clock stands still: nothing of the grace has passed.
        var stopping = host.StopAsync();
        await Eventually.HoldsAsync(async () => (await host.GetAllAsync(ids)).Count(job => job is { State: JobState.Queued, Attempt: 0 }) == 10, "ten are given back");

        Assert.False(stopping.IsCompleted);
        _gate.Release(1_000);
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops", TimeSpan.Zero);
        Assert.Equal(2, (await host.GetAllAsync(ids)).Count(job => job.State == JobState.Succeeded));
    }

    [Fact]
    public async Task Only_what_the_store_says_is_started_may_run()
    {
        await using var host = await StartWarmAsync(options => (options.Concurrency, options.StartAhead) = (1, TimeSpan.Zero));
        JobId lost = default;
        host.Store.StartsOnly = lease => lease.JobId != lost;
        var ids = await host.EnqueueManyAsync(4, Held);
        await Eventually.HoldsAsync(() => _entered == 1 && host.Metrics[JobsDiagnostics.Buffered] == 3, "one runs and three wait");
        lost = (await host.GetAllAsync(ids)).Last(job => job.Attempt == 0).Id;

        _gate.Release(1_000);
        foreach (var id in ids.Where(id => id != lost))
        {
            await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.Zero);
        }

        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.LeasesLost] == 1, "the loss is counted");
        Assert.Equal((3, 0), (_entered, host.Metrics[JobsDiagnostics.Buffered]));
        Assert.Equal((JobState.Running, 0), ((await host.GetAsync(lost)).State, (await host.GetAsync(lost)).Attempt));
    }

    [Fact]
    public async Task Buffered_job_whose_lease_is_lost_at_a_renewal_is_not_run()
    {
        var (starting, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await StartWarmAsync(options => (options.Concurrency, options.StartAhead, options.LeaseDuration) = (1, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        JobId lost = default;
        host.Store.RenewsOnly = lease => lease.JobId != lost;
        host.Store.Hold = operation =>
        {
            if (operation != "start")
            {
                return Task.CompletedTask;
            }

            starting.TrySetResult();
            return answer.Task;
        };
        var ids = await host.EnqueueManyAsync(2, Held);
        await Eventually.HoldsAsync(() => _entered == 1 && host.Metrics[JobsDiagnostics.Buffered] == 1, "one runs and one waits");
        var waiting = (await host.GetAllAsync(ids)).Single(job => job.Attempt == 0);
        lost = waiting.Id;
        _gate.Release();
        await starting.Task;

        host.Clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.LeasesLost] == 1, "the loss is noticed");
        answer.SetResult();

        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.Returned] == 1, "the job is let go");
        Assert.DoesNotContain(new JobLease(lost, waiting.LeaseToken), _leases);
        _gate.Release(1_000);
    }

    [Fact]
    public async Task Start_that_fails_gives_the_jobs_back_and_nothing_runs_of_them()
    {
        await using var host = await StartWarmAsync(options => (options.Concurrency, options.StartAhead) = (1, TimeSpan.Zero));
        var faults = 0;
        host.Store.After = (operation, _) => operation == "start" && Interlocked.Increment(ref faults) == 1 ? new TimeoutException() : null;
        var ids = await host.EnqueueManyAsync(3, Held);
        await Eventually.HoldsAsync(() => _entered == 1, "one runs");

        _gate.Release();
        await Eventually.HoldsAsync(async () => (await host.GetAllAsync(ids)).Count(job => job is { State: JobState.Queued, Attempt: 0 }) == 2, "two are given back");

        Assert.Equal(1, _entered);
        _gate.Release(1_000);
        foreach (var id in ids)
        {
            Assert.Equal(1, (await host.ReachesAsync(id, JobState.Succeeded)).Attempt);
        }
    }

    /// <summary>Starts a worker that has seen its handlers end at once, and so holds a buffer for more of them.</summary>
    private async Task<JobWorkerHost> StartWarmAsync(Action<JobsOptions>? configure = null)
    {
        var host = JobWorkerHost.Start(
            async (payload, context, _) =>
            {
                _leases.Add(context.Lease);
                if (payload == Held)
                {
                    Interlocked.Increment(ref _entered);
                    await _gate.WaitAsync(TestContext.Current.CancellationToken);
                }

                return JobRunResult.Succeeded();
            },
            options =>
            {
                options.Concurrency = 2;
                configure?.Invoke(options);
            });
        await host.ReachesAsync(await host.EnqueueAsync(Tiny), JobState.Succeeded, TimeSpan.Zero);
        return host;
    }
}
