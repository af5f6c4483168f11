using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Writes outcomes in batches, naturally: while one write is under way the next batch fills.</summary>
/// <remarks>
/// A write that failed is repeated for as long as it takes; the fence makes a repetition harmless. After a failure outcomes
/// go one by one, then two, four and so on, and one that fails goes to the back, so that none can block the others.
/// </remarks>
internal sealed partial class OutcomeWriter(
    IJobStore store,
    RunningJobs running,
    JobRunner runner,
    IJobSignal signal,
    JobsInstruments instruments,
    TimeSpan callLimit,
    TimeProvider timeProvider,
    StoreBackoff backoff,
    ILogger logger)
{
    private const int MaxBatch = 500;
    private const int TakenForUnwritable = 4;
    private readonly Channel<FinishedJob> _arrivals = Channel.CreateUnbounded<FinishedJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LinkedList<FinishedJob> _pending = new();
    private int _batch = MaxBatch;
    private int _waiting;

    /// <summary>Gets how many outcomes wait to be written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Add(RunningJob job, JobOutcome outcome)
    {
        Interlocked.Increment(ref _waiting);
        _arrivals.Writer.TryWrite(new FinishedJob(job, outcome));
    }

    /// <summary>Says that no outcome will follow; <see cref="RunAsync"/> ends when all are written.</summary>
    public void Complete() => _arrivals.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>, or until <paramref name="abandon"/>, which leaves the rest to their leases.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            while (_pending.Count > 0 || await _arrivals.Reader.WaitToReadAsync(abandon).ConfigureAwait(false))
            {
                while (_pending.Count < MaxBatch && _arrivals.Reader.TryRead(out var arrived))
                {
                    _pending.AddLast(arrived);
                }

                await WriteSomeAsync(abandon).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            Log.OutcomesLeft(logger, Waiting);
        }
    }

    private async Task WriteSomeAsync(CancellationToken abandon)
    {
        FinishedJob[] batch = [.. _pending.Take(_batch)];
        try
        {
            using var limit = new CancellationTokenSource(callLimit, timeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, abandon);
            await WriteAsync(batch, linked.Token).ConfigureAwait(false);
            _batch = Math.Min(_batch * 2, MaxBatch);
            backoff.Succeeded();
        }
        catch (Exception exception) when (!abandon.IsCancellationRequested)
        {
            instruments.OnStoreFailed("complete");
            Log.WriteFailed(logger, exception, batch.Length);
            _batch = 1;
            SetBack(batch);
            await backoff.WaitAsync(abandon).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(FinishedJob[] batch, CancellationToken cancellationToken)
    {
        FinishedJob[] completed = [.. batch.Where(finished => finished.Outcome.Completion is not null)];
        FinishedJob[] released = [.. batch.Where(finished => finished.Outcome.Completion is null)];
        if (completed.Length > 0)
        {
            var results = await store.CompleteAsync([.. completed.Select(finished => finished.Outcome.Completion!)], cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < completed.Length; index++)
            {
                await SettleAsync(completed[index], results[index], cancellationToken).ConfigureAwait(false);
            }
        }

        if (released.Length > 0)
        {
            await store.ReleaseAsync([.. released.Select(finished => finished.Job.Lease)], cancellationToken).ConfigureAwait(false);
            Array.ForEach(released, Written);
        }

        // The worker sleeps until the next job is due; these may have made one due sooner.
        if (released.Length > 0 || completed.Any(finished => finished.Outcome.Completion is { State: not JobState.Succeeded } or { Effects.Count: > 0 }))
        {
            signal.Set();
        }
    }

    private async Task SettleAsync(FinishedJob finished, CompletionResult result, CancellationToken cancellationToken)
    {
        switch (result.Status)
        {
            case CompletionStatus.Applied:
                Written(finished);
                break;
            case CompletionStatus.Refused when finished.Outcome.Completion!.Effects.Count > 0:
                var error = result.Error ?? "The store refused an effect.";
                Log.EffectRefused(logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId, error);
                finished.Replace(runner.Fail(finished.Job.Claimed, error));
                break;
            default:
                if (finished.MayBeWritten && await IsWrittenAsync(finished, cancellationToken).ConfigureAwait(false))
                {
                    Written(finished);
                }
                else
                {
                    Discard(finished);
                }

                break;
        }
    }

    /// <summary>Finds out whether a call whose reply was lost had written the outcome.</summary>
    private async Task<bool> IsWrittenAsync(FinishedJob finished, CancellationToken cancellationToken)
    {
        var job = await store.FindAsync(finished.Job.Lease.JobId, cancellationToken).ConfigureAwait(false);
        return job is not null && job.LeaseToken == finished.Job.Lease.Token && job.State == finished.Outcome.Completion!.State;
    }

    private void Written(FinishedJob finished)
    {
        instruments.OnWritten(finished.Job.Claimed.Kind, finished.Outcome.Name, finished.Job.Elapsed);
        Forget(finished);
    }

    private void Discard(FinishedJob finished)
    {
        // A lease that the keeper gave up was counted there.
        if (finished.Job.Interruption.Reason != InterruptionReason.LeaseLost)
        {
            instruments.OnLeaseLost(finished.Job.Claimed.Kind);
        }

        Log.ResultDiscarded(logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId, finished.Job.Claimed.Attempt);
        Forget(finished);
    }

    private void Forget(FinishedJob finished)
    {
        if (_pending.Remove(finished))
        {
            Interlocked.Decrement(ref _waiting);
        }

        running.Remove(finished.Job);
        finished.Job.Dispose();
    }

    /// <summary>Moves what failed to the back, and makes plainer, or gives up, what fails again and again by itself.</summary>
    private void SetBack(FinishedJob[] batch)
    {
        foreach (var finished in batch.Where(_pending.Contains))
        {
            finished.Failed(alone: batch.Length == 1);
            _pending.Remove(finished);
            _pending.AddLast(finished);

            // Renewals that succeed meanwhile tell an outcome that the store can't take from a store that is down.
            var storeAnswers = timeProvider.GetElapsedTime(finished.Job.RenewedAt) < callLimit / 2;
            if (storeAnswers && finished.Failures == TakenForUnwritable)
            {
                finished.Replace(runner.Fail(finished.Job.Claimed, "The store could not write the attempt's outcome; its log says why."));
            }
            else if (storeAnswers && finished.Failures >= 2 * TakenForUnwritable)
            {
                Log.OutcomeUnwritable(logger, finished.Job.Claimed.Kind, finished.Job.Lease.JobId);
                Forget(finished);
            }
        }
    }
}
