using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerLeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Long_job_keeps_its_lease_for_as_long_as_it_runs()
    {
        var gate = new TaskCompletionSource();
        var entered = 0;
        await using var host = JobWorkerHost.Start(
            async (_, _, cancellation) =>
            {
                Interlocked.Increment(ref entered);
                await gate.Task.WaitAsync(cancellation);
                return JobRunResult.Succeeded();
            },
            OneSlot);

        var id = await EnqueueAndStartAsync(host);
        for (var renewal = 1; renewal <= 12; renewal++)
        {
            host.Clock.Advance(Lease / 3);
            await Eventually.HoldsAsync(() => host.Store.Renewals == renewal && host.Clock.ArmedTimers == 2, $"renewal {renewal} is over");
        }

        gate.SetResult();
        var job = await host.ReachesAsync(id, JobState.Succeeded, TimeSpan.Zero);
        Assert.Equal((1, 1, 0), (entered, job.Attempt, job.LeasesLost));
        Assert.True(job.FinishedAt - job.CreatedAt > 3 * Lease);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_is_cancelled_before_its_lease_runs_out_when_renewals_fail_or_hang_and_its_late_result_is_discarded(bool hang)
    {
        var never = new TaskCompletionSource();
        var (told, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = JobWorkerHost.Start(
            async (_, context, cancellation) =>
            {
                await using var registration = cancellation.Register(told.SetResult);
                await gate.Task;
                return JobRunResult.Succeeded(new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = "other", Payload = "1" });
            },
            OneSlot);
        host.Store.Before = (operation, _) => operation == "renew" ? new TimeoutException() : null;
        host.Store.Hold = operation => hang && operation == "renew" ? never.Task : Task.CompletedTask;

        var id = await EnqueueAndStartAsync(host);
        host.Clock.Advance(Lease / 2);
        Assert.False(told.Task.IsCompleted);
        host.Clock.Advance(Lease / 4);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

        // Another worker takes the job over, and ends it.
        host.Clock.Advance(Lease);
        var other = Assert.Single(await host.Store.ClaimAsync(OtherWorker(), TestContext.Current.CancellationToken));
        await host.Store.CompleteAsync([new JobCompletion { Lease = other.Lease, State = JobState.Failed, Error = "other" }], TestContext.Current.CancellationToken);
        var ended = await host.GetAsync(id);
        gate.SetResult();

        await host.HoldsAsync(() => host.Store.Completes >= 2, "the late result is offered", TimeSpan.Zero);
        await host.HoldsAsync(() => host.Metrics[JobsDiagnostics.Running] == 0, "the handler has ended", TimeSpan.Zero);
        Assert.Equal(ended, await host.GetAsync(id));
        Assert.Empty(await host.Store.ClaimAsync(OtherWorker() with { Kinds = ["other"] }, TestContext.Current.CancellationToken));
        Assert.Equal(1, host.Metrics[JobsDiagnostics.LeasesLost]);
        Assert.Equal(0, host.Metrics[JobsDiagnostics.Completed]);
    }

    [Fact]
    public async Task Handler_that_stops_because_its_lease_is_lost_has_not_failed()
    {
        var attempts = 0;
        await using var host = JobWorkerHost.Start(
            async (_, _, cancellation) =>
            {
                if (Interlocked.Increment(ref attempts) == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                }

                return JobRunResult.Succeeded();
            },
            options => options.LeaseDuration = Lease);
        host.Store.Before = (operation, _) => operation == "renew" ? new TimeoutException() : null;

        var id = await host.EnqueueAsync();
        await host.HoldsAsync(() => attempts == 1, "the handler runs", TimeSpan.Zero);
        var job = await host.ReachesAsync(id, JobState.Succeeded, Lease / 12);

        Assert.Equal((2, null), (attempts, job.LastError));
    }

    [Fact]
    public async Task Cancelled_job_cancels_its_handler_and_ends_cancelled()
    {
        var entered = new TaskCompletionSource();
        await using var host = JobWorkerHost.Start(
            async (_, _, cancellation) =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                return JobRunResult.Succeeded();
            },
            options => options.LeaseDuration = Lease);

        var id = await host.EnqueueAsync(configure: job => job with { MaxAttempts = 1 });
        await entered.Task;
        Assert.Equal(CancelOutcome.Requested, await host.Store.CancelAsync(id, TestContext.Current.CancellationToken));
        var job = await host.ReachesAsync(id, JobState.Cancelled, Lease / 12);

        Assert.Equal("The job was cancelled while it ran.", job.LastError);
    }

    private static async Task<JobId> EnqueueAndStartAsync(JobWorkerHost host)
    {
        // The keeper's, and that of a worker with nothing to do.
        await Eventually.HoldsAsync(() => host.Clock.ArmedTimers == 2, "the keeper ticks and the worker sleeps");
        var id = await host.EnqueueAsync();

        // The keeper's, and the limit of the attempt: with its one slot taken the worker sleeps on no timer.
        await Eventually.HoldsAsync(() => host.Metrics[JobsDiagnostics.Running] == 1 && host.Clock.ArmedTimers == 2, "the job runs");
        return id;
    }

    private static void OneSlot(JobsOptions options)
    {
        options.LeaseDuration = Lease;
        options.Concurrency = 1;
    }

    private static ClaimRequest OtherWorker() =>
        new() { Owner = "worker-2", Kinds = [JobWorkerHost.Kind], MaxJobs = 1, StartAtOnce = 1, Lease = Lease };
}
