using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Renews the leases of running and buffered jobs in one call, and cancels a handler whose lease is lost or soon may be.</summary>
/// <remarks>
/// It waits for no handler, claim or completion. A lease counts from before the call that set it, by the monotonic clock,
/// so that this process gives up before the store does, whatever the wall clocks say.
/// </remarks>
internal sealed partial class LeaseKeeper(
    IJobStore store,
    RunningJobs running,
    TimeSpan lease,
    AdaptiveConcurrency concurrency,
    JobsInstruments instruments,
    TimeProvider timeProvider,
    ILogger logger)
{
    private readonly TimeSpan _renewAfter = lease / 3;
    private readonly TimeSpan _giveUpAfter = lease * 2 / 3;
    private long _triedAt = timeProvider.GetTimestamp();
    private Task _renewal = Task.CompletedTask;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(lease / 12, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                Tick();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nothing runs any more; a renewal that is under way, or hangs, is of no interest.
        }
    }

    /// <summary>Gets whether a lease that was set at this time is too old to work under.</summary>
    public bool IsTooOld(long renewedAt) => timeProvider.GetElapsedTime(renewedAt) >= _giveUpAfter;

    private void Tick()
    {
        foreach (var job in running.All.Where(job => IsTooOld(job.RenewedAt)))
        {
            Lose(job);
        }

        // A call that hangs must not keep the next tick from giving up leases, so nobody waits for it here.
        if (_renewal.IsCompleted && timeProvider.GetElapsedTime(_triedAt) >= lease / 6)
        {
            var due = running.All.Where(job => IsRenewable(job) && timeProvider.GetElapsedTime(job.RenewedAt) >= _renewAfter).ToArray();
            _renewal = due.Length == 0 ? Task.CompletedTask : RenewAsync();
        }
    }

    /// <summary>A lease that was given up is left to run out, though its handler may not have noticed yet.</summary>
    private static bool IsRenewable(RunningJob job) => job.Interruption.Reason != InterruptionReason.LeaseLost;

    private async Task RenewAsync()
    {
        var before = timeProvider.GetTimestamp();
        _triedAt = before;

        // All of them, not only those that are due: they share the call, and the next is a third of a lease away again.
        var jobs = running.All.Where(IsRenewable).ToDictionary(job => job.Lease);
        using var limit = new CancellationTokenSource(_renewAfter, timeProvider);
        try
        {
            var held = await store.RenewAsync([.. jobs.Keys], lease, limit.Token).ConfigureAwait(false);
            concurrency.OnCall(timeProvider.GetElapsedTime(before), failed: false);
            foreach (var renewal in held)
            {
                if (jobs.Remove(renewal.Lease, out var job))
                {
                    Keep(job, renewal.CancelRequested, before);
                }
            }

            foreach (var job in jobs.Values.Where(job => !job.HasEnded))
            {
                Lose(job);
            }
        }
        catch (Exception exception)
        {
            instruments.OnStoreFailed("renew");
            concurrency.OnCall(timeProvider.GetElapsedTime(before), failed: true);
            Log.RenewFailed(logger, exception, jobs.Count);
        }
    }

    private void Keep(RunningJob job, bool cancelRequested, long renewedAt)
    {
        job.RenewedAt = renewedAt;
        if (cancelRequested && job.Interruption.Interrupt(InterruptionReason.CancelRequested))
        {
            Log.CancelRequested(logger, job.Claimed.Kind, job.Lease.JobId);
        }
    }

    private void Lose(RunningJob job)
    {
        if (!job.HasEnded && job.Interruption.Interrupt(InterruptionReason.LeaseLost))
        {
            instruments.OnLeaseLost(job.Claimed.Kind);
            Log.LeaseLost(logger, job.Claimed.Kind, job.Lease.JobId, job.Claimed.Attempt);
        }
    }
}
