using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerStopTests
{
    [Fact]
    public async Task Running_work_that_ends_within_the_grace_is_completed_and_nothing_more_is_claimed()
    {
        var (entered, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = JobWorkerHost.Start(
            async (_, _, cancellation) =>
            {
                entered.TrySetResult();
                await gate.Task.WaitAsync(cancellation);
                return JobRunResult.Succeeded();
            },
            options => options.Concurrency = 1);
        var (running, waiting) = (await host.EnqueueAsync(configure: job => job with { Priority = 1 }), await host.EnqueueAsync());
        await entered.Task;

        var stopping = host.StopAsync();
        gate.SetResult();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops", TimeSpan.Zero);

        Assert.Equal(JobState.Succeeded, (await host.GetAsync(running)).State);
        var job = await host.GetAsync(waiting);
        Assert.Equal((JobState.Queued, 0), (job.State, job.Attempt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_that_outlives_the_grace_is_cancelled_and_released_without_costing_an_attempt(bool listens)
    {
        var (entered, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = JobWorkerHost.Start(
            async (_, _, cancellation) =>
            {
                entered.SetResult();
                await never.Task.WaitAsync(listens ? cancellation : CancellationToken.None);
                return JobRunResult.Succeeded();
            },
            options => options.ShutdownGrace = TimeSpan.FromSeconds(10));
        var id = await host.EnqueueAsync(configure: job => job with { MaxAttempts = 1 });
        await entered.Task;
        var started = host.Clock.GetUtcNow();

        var stopping = host.StopAsync();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops");

        var job = await host.GetAsync(id);
        Assert.Equal((JobState.Queued, 0, null, null), (job.State, job.Attempt, job.LastError, job.LeaseOwner));
        Assert.True(host.Clock.GetUtcNow() - started >= TimeSpan.FromSeconds(10));
        never.SetResult();
        await Eventually.HoldsAsync(() => host.Metrics[Diagnostics.JobsDiagnostics.Running] == 0, "the handler ends");
        Assert.Equal(job, await host.GetAsync(id));
    }

    [Fact]
    public async Task Claim_under_way_when_the_host_stops_is_given_back_at_once()
    {
        var (claiming, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = new JobWorkerHost((_, _, _) => throw new InvalidOperationException("No handler may run."));
        var id = await host.EnqueueAsync();
        host.Store.After = (operation, _) =>
        {
            if (operation == "claim")
            {
                claiming.TrySetResult();
                gate.Task.Wait(TestContext.Current.CancellationToken);
            }

            return null;
        };
        host.Start();
        await claiming.Task;

        var stopping = host.StopAsync();
        gate.SetResult();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops", TimeSpan.Zero);

        var job = await host.GetAsync(id);
        Assert.Equal((JobState.Queued, 0), (job.State, job.Attempt));
    }

    [Fact]
    public async Task Stop_ends_though_the_store_is_down()
    {
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Succeeded()));
        host.Store.Before = (operation, _) => operation is "complete" or "release" ? new TimeoutException() : null;
        var id = await host.EnqueueAsync();
        await host.HoldsAsync(() => host.Store.Completes > 0, "the outcome is tried", TimeSpan.Zero);

        var stopping = host.StopAsync();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops");

        Assert.Equal(JobState.Running, (await host.GetAsync(id)).State);
    }
}
