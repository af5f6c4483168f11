using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Claims as much as the slots will soon have place for, starts what waits, and lets go of what waits too long.</summary>
/// <remarks>
/// The claim starts the jobs that have a slot at once or within <see cref="JobsOptions.StartAhead"/>. The others wait here,
/// cost no attempt if the process dies, and are started in batches before their turn comes.
/// </remarks>
internal sealed partial class JobClaimer(
    JobWorkerParts parts, string name, JobSlots slots, RunningJobs running, LeaseKeeper keeper, OutcomeWriter writer, OutcomeStore outcomes, AdaptiveConcurrency concurrency, WakeUp changed)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private readonly StoreBackoff _backoff = new(parts.TimeProvider, parts.Randomizer);
    private readonly HandlerPace _pace = new(parts.TimeProvider);
    private readonly Queue<RunningJob> _waiting = new();
    private readonly IReadOnlyList<string> _kinds = parts.Handlers.Kinds;
    private TimeSpan _roundTrip = TimeSpan.FromMilliseconds(1);
    private int _idle;
    private int _buffered;

    /// <summary>Gets how many claimed jobs wait that are not started.</summary>
    public int Waiting => Volatile.Read(ref _buffered);

    /// <summary>How many outcomes may wait before no more jobs are claimed.</summary>
    private int MaxWaiting => 5_000 + (10 * parts.Slots);

    /// <summary>Claims until the stop, then gives back at once whatever has no slot yet.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                parts.Instruments.OnStoreFailed("claim");
                Log.ClaimFailed(parts.Logger, exception);
                GiveBackWaiting(TimeSpan.Zero);
                await PauseAsync(stop).ConfigureAwait(false);
            }
        }

        GiveBackWaiting(TimeSpan.Zero);
        GiveBack(slots.TakeBack(TimeSpan.Zero));
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        GiveBackLate();
        var load = Look();
        if (ClaimPlan.Start(load) is > 0 and var jobs)
        {
            await StartAsync(jobs, Math.Max(load.Free - load.Ready, 0), stop).ConfigureAwait(false);
            return;
        }

        if (writer.Waiting >= MaxWaiting)
        {
            await _backoff.WaitAsync(stop).ConfigureAwait(false);
            return;
        }

        var size = ClaimPlan.Next(load);
        if (size.MaxJobs == 0)
        {
            await WaitForSlotAsync(stop).ConfigureAwait(false);
            return;
        }

        var claimed = await ClaimAsync(size, stop).ConfigureAwait(false);
        if (claimed < size.MaxJobs)
        {
            await RestAsync(claimed, stop).ConfigureAwait(false);
        }

        _backoff.Succeeded();
    }

    private ClaimLoad Look()
    {
        slots.Add([]);
        var (free, turning, ready) = slots.Look();
        return new ClaimLoad
        {
            Free = free, Turning = turning, Ready = ready, Waiting = _waiting.Count, RoundTrip = _roundTrip, HandlerTime = _pace.Estimate(),
            MaxJobs = parts.Options.MaxClaim, StartAhead = parts.Options.StartAhead,
        };
    }

    private async Task<int> ClaimAsync(ClaimSize size, CancellationToken stop)
    {
        // Not cancelled by a stop: a claim that was given up half-way may have been made, and would cost its attempts.
        var before = parts.TimeProvider.GetTimestamp();
        var request = new ClaimRequest
        {
            Owner = name, Kinds = _kinds, MaxJobs = size.MaxJobs, StartAtOnce = size.StartAtOnce, StartAhead = size.StartAhead, Lease = parts.Options.LeaseDuration,
        };
        var claimed = await CallAsync(token => parts.Store.ClaimAsync(request, token)).ConfigureAwait(false);
        var now = parts.TimeProvider.GetTimestamp();
        _roundTrip += (parts.TimeProvider.GetElapsedTime(before, now) - _roundTrip) / 4;
        var (started, unfit) = (new List<RunningJob>(size.StartAtOnce), new List<RunningJob>());
        foreach (var job in claimed)
        {
            parts.Instruments.OnClaimed(job.Kind);
            parts.Instruments.OnBuffered(job.Kind, 1);
            var entered = new RunningJob(job, _pace.Claimed(job.Kind, now), before) { BufferedAt = now };
            running.Add(entered);
            Place(entered, started, unfit, stop);
        }

        Volatile.Write(ref _buffered, _waiting.Count);
        slots.Add(started);
        GiveBack(unfit);
        TellSuspect(claimed);
        return claimed.Count;
    }

    private void Place(RunningJob job, List<RunningJob> started, List<RunningJob> unfit, CancellationToken stop)
    {
        if (stop.IsCancellationRequested || IsUnfit(job))
        {
            unfit.Add(job);
        }
        else if (job.Claimed.Started)
        {
            started.Add(job);
        }
        else
        {
            _waiting.Enqueue(job);
        }
    }

    /// <summary>Starts jobs that wait, a last attempt only if it has a slot. Only those that the store says are started may run.</summary>
    private async Task StartAsync(int count, int free, CancellationToken stop)
    {
        var (batch, unfit) = (new List<RunningJob>(count), new List<RunningJob>());
        while (count-- > 0 && _waiting.TryPeek(out var job) && (batch.Count < free || !job.IsLastAttempt))
        {
            (IsUnfit(job) ? unfit : batch).Add(_waiting.Dequeue());
        }

        Volatile.Write(ref _buffered, _waiting.Count);
        GiveBack(unfit);
        if (batch.Count == 0)
        {
            // A last attempt is at the front and has to wait for its slot.
            await (unfit.Count > 0 ? Task.CompletedTask : WaitForSlotAsync(stop)).ConfigureAwait(false);
            return;
        }

        var started = new List<RunningJob>();
        try
        {
            JobLease[] leases = [.. batch.Select(job => job.Lease)];
            var held = await CallAsync(token => parts.Store.StartAsync(leases, token)).ConfigureAwait(false);
            var heldLeases = held.ToHashSet();
            started = batch.FindAll(job => heldLeases.Contains(job.Lease));
            batch.RemoveAll(job => heldLeases.Contains(job.Lease));
            batch.ForEach(Drop);
        }
        catch (Exception)
        {
            // Whether they are started nobody knows; giving them back takes an attempt that was counted off again.
            GiveBack(batch);
            throw;
        }

        if (stop.IsCancellationRequested)
        {
            GiveBack(started);
            return;
        }

        slots.Add(started);
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        var before = parts.TimeProvider.GetTimestamp();
        var failed = true;
        try
        {
            using var limit = new CancellationTokenSource(parts.Options.LeaseDuration, parts.TimeProvider);
            var result = await call(limit.Token).ConfigureAwait(false);
            failed = false;
            return result;
        }
        finally
        {
            concurrency.OnCall(parts.TimeProvider.GetElapsedTime(before), failed);
        }
    }

    private bool IsUnfit(RunningJob job) => job.Interruption.Reason != InterruptionReason.None || keeper.IsTooOld(job.RenewedAt);

    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await _backoff.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The stop ends the pause, and the loop sees it.
        }
    }
}
