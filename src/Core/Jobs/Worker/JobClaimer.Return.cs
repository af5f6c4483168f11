using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

internal sealed partial class JobClaimer
{
    /// <summary>Gives back what waits behind slow handlers: another node, or this one later, runs it sooner.</summary>
    private void GiveBackLate()
    {
        // Where slots turn over, a job that waits will soon have one; the longer bound is for a worker that misjudged how soon.
        var stalled = parts.TimeProvider.GetElapsedTime(slots.TakenAt) >= ClaimPlan.LongestWait;
        var longerThan = stalled ? ClaimPlan.LongestWait : 2 * ClaimPlan.LongestWait;
        GiveBackWaiting(longerThan);
        GiveBack(slots.TakeBack(longerThan));
    }

    private void GiveBackWaiting(TimeSpan longerThan)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var late = new List<RunningJob>();
        while (_waiting.TryPeek(out var job) && parts.TimeProvider.GetElapsedTime(job.BufferedAt) >= longerThan)
        {
            late.Add(_waiting.Dequeue());
        }

        Volatile.Write(ref _buffered, _waiting.Count);
        GiveBack(late);
    }

    private void GiveBack(IReadOnlyList<RunningJob> jobs)
    {
        foreach (var job in jobs)
        {
            parts.Instruments.OnBuffered(job.Claimed.Kind, -1);
            if (job.TryEnd())
            {
                writer.Add(job, JobOutcome.Release);
            }
        }
    }

    /// <summary>Forgets a job whose lease is lost: it is somebody else's.</summary>
    private void Drop(RunningJob job)
    {
        parts.Instruments.OnBuffered(job.Claimed.Kind, -1);
        if (job.Interruption.Interrupt(InterruptionReason.LeaseLost))
        {
            parts.Instruments.OnLeaseLost(job.Claimed.Kind);
        }

        if (job.TryEnd())
        {
            running.Remove(job);
            job.Dispose();
        }
    }

    /// <summary>Logs a job whose last attempt ended with its lease: crash loops show here first.</summary>
    private void TellSuspect(IReadOnlyList<ClaimedJob> claimed)
    {
        // A suspect comes alone, started, and not for the first time; whether a retry like that is one only the row says.
        if (claimed is [{ Started: true, Attempt: > 1 } job] && parts.Logger.IsEnabled(LogLevel.Warning))
        {
            _ = TellSuspectAsync(job);
        }
    }

    private async Task TellSuspectAsync(ClaimedJob claimed)
    {
        try
        {
            using var limit = new CancellationTokenSource(parts.Options.LeaseDuration, parts.TimeProvider);
            if (await parts.Store.FindAsync(claimed.Lease.JobId, limit.Token).ConfigureAwait(false) is { LeasesLost: > 0 } job)
            {
                Log.SuspectClaimed(parts.Logger, claimed.Kind, claimed.Lease.JobId, job.LeasesLost, claimed.Attempt, claimed.MaxAttempts);
            }
        }
        catch (Exception)
        {
            // It was only to be told; the job runs, and a store that fails is told elsewhere.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ClaimFailed, LogLevel.Warning, "No jobs could be claimed; it is tried again.", EventName = "ClaimFailed")]
        public static partial void ClaimFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventIds.SuspectClaimed, LogLevel.Warning, "Job {JobId} of kind {Kind} lost its lease {Lost} times in a row; it runs in attempt {Attempt} of {MaxAttempts}.", EventName = "SuspectClaimed")]
        public static partial void SuspectClaimed(ILogger logger, string kind, JobId jobId, int lost, int attempt, int maxAttempts);
    }
}
