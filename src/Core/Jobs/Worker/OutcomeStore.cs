using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Writes one batch of outcomes, and settles what the store answers to each.</summary>
internal sealed partial class OutcomeStore(JobWorkerParts parts, RunningJobs running, JobRunner runner, AdaptiveConcurrency concurrency)
{
    private const int TakenForUnwritable = 4;
    private volatile bool _signalEveryEnd;

    /// <summary>Gets or sets whether jobs are due that could not be claimed: what ends may be what holds them.</summary>
    public bool SignalEveryEnd
    {
        get => _signalEveryEnd;
        set => _signalEveryEnd = value;
    }

    /// <summary>Writes a batch. What it settled is marked, also where it throws.</summary>
    public async Task WriteAsync(FinishedJob[] batch, CancellationToken cancellationToken)
    {
        var started = parts.TimeProvider.GetTimestamp();
        var failed = true;
        try
        {
            var (completed, released) = Split(batch);
            await CompleteAsync(completed, cancellationToken).ConfigureAwait(false);
            if (released.Count > 0)
            {
                await parts.Store.ReleaseAsync([.. released.Select(finished => finished.Job.Lease)], cancellationToken).ConfigureAwait(false);
                released.ForEach(Written);
            }

            failed = false;
            SignalWhatIsDue(completed, released);
        }
        finally
        {
            concurrency.OnCall(parts.TimeProvider.GetElapsedTime(started), failed);
        }
    }

    /// <summary>Makes plainer, or gives up, what fails again and again by itself.</summary>
    public void SetBack(FinishedJob[] batch)
    {
        parts.Instruments.OnStoreFailed("complete");
        foreach (var finished in batch)
        {
            if (finished.IsSettled)
            {
                continue;
            }

            finished.Failed(alone: batch.Length == 1);

            // Renewals that succeed meanwhile tell an outcome that the store can't take from a store that is down.
            var storeAnswers = parts.TimeProvider.GetElapsedTime(finished.Job.RenewedAt) < parts.Options.LeaseDuration / 2;
            if (storeAnswers && finished.Failures == TakenForUnwritable)
            {
                finished.Replace(runner.Fail(finished.Job.Claimed, "The store could not write the attempt's outcome; its log says why.", null));
            }
            else if (storeAnswers && finished.Failures >= 2 * TakenForUnwritable)
            {
                Log.OutcomeUnwritable(parts.Logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId);
                Forget(finished);
            }
        }
    }

    private static (List<FinishedJob> Completed, List<FinishedJob> Released) Split(FinishedJob[] batch)
    {
        var (completed, released) = (new List<FinishedJob>(batch.Length), new List<FinishedJob>());
        foreach (var finished in batch)
        {
            (finished.Outcome.Completion is null ? released : completed).Add(finished);
        }

        return (completed, released);
    }

    private async Task CompleteAsync(List<FinishedJob> completed, CancellationToken cancellationToken)
    {
        if (completed.Count == 0)
        {
            return;
        }

        var completions = new JobCompletion[completed.Count];
        for (var index = 0; index < completions.Length; index++)
        {
            completions[index] = completed[index].Outcome.Completion!;
        }

        var results = await parts.Store.CompleteAsync(completions, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < completions.Length; index++)
        {
            await SettleAsync(completed[index], results[index], cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SettleAsync(FinishedJob finished, CompletionResult result, CancellationToken cancellationToken)
    {
        switch (result.Status)
        {
            case CompletionStatus.Applied:
                Written(finished);
                break;
            case CompletionStatus.Refused when finished.Outcome.Completion!.Effects.Count > 0:
                var error = result.Error ?? "The store refused an effect.";
                Log.EffectRefused(parts.Logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId, error);
                finished.Replace(runner.Fail(finished.Job.Claimed, error, null));
                break;
            case var _ when finished.MayBeWritten && await IsWrittenAsync(finished, cancellationToken).ConfigureAwait(false):
                Written(finished);
                break;
            default:
                Discard(finished);
                break;
        }
    }

    /// <summary>Finds out whether a call whose reply was lost had written the outcome.</summary>
    private async Task<bool> IsWrittenAsync(FinishedJob finished, CancellationToken cancellationToken)
    {
        var job = await parts.Store.FindAsync(finished.Job.Lease.JobId, cancellationToken).ConfigureAwait(false);
        return job is not null && job.LeaseToken == finished.Job.Lease.Token && job.State == finished.Outcome.Completion!.State;
    }

    private void Written(FinishedJob finished)
    {
        parts.Instruments.OnWritten(finished.Job.Claimed.Kind, finished.Outcome.Name, finished.Job.Elapsed);
        Forget(finished);
    }

    private void Discard(FinishedJob finished)
    {
        // A lease that the keeper gave up was counted there.
        if (finished.Job.Interruption.Reason != InterruptionReason.LeaseLost)
        {
            parts.Instruments.OnLeaseLost(finished.Job.Claimed.Kind);
        }

        Log.ResultDiscarded(parts.Logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId, finished.Job.Claimed.Attempt);
        Forget(finished);
    }

    private void Forget(FinishedJob finished)
    {
        finished.IsSettled = true;
        running.Remove(finished.Job);
        finished.Job.Dispose();
    }

    /// <summary>The worker sleeps until the next job is due; what was written may have made one due sooner.</summary>
    private void SignalWhatIsDue(List<FinishedJob> completed, List<FinishedJob> released)
    {
        if (released.Count > 0 || SignalEveryEnd
            || completed.Exists(static finished => finished.Outcome.Completion is { State: not JobState.Succeeded } or { Effects.Count: > 0 }))
        {
            parts.Signal.Set();
        }
    }
}
