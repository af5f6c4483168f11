using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

internal sealed partial class JobWorker
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(5);

    /// <summary>Gives running handlers their grace, cancels the rest, gives back what doesn't end, and writes all outcomes.</summary>
    private async Task DrainAsync(Task journaling, Task writing, CancellationTokenSource abandon)
    {
        Log.WorkerStopping(_parts.Logger, _slots.Busy, _parts.Options.ShutdownGrace);
        if (!await HandlersEndAsync(_parts.Options.ShutdownGrace).ConfigureAwait(false))
        {
            foreach (var job in _running.All.Where(job => !job.HasEnded))
            {
                job.Interruption.Interrupt(InterruptionReason.Stopping);
            }

            await HandlersEndAsync(LastWords).ConfigureAwait(false);
        }

        foreach (var job in _running.All.Where(job => job.TryEnd()))
        {
            // The handler goes on until the process ends; what it returns is dropped, and the fence drops what it writes.
            Log.HandlerIgnoresStop(_parts.Logger, job.Claimed.Kind, job.Lease.JobId);
            job.Progress?.End();
            _writer.Add(job, JobOutcome.Release);
        }

        _journal?.Complete();
        await journaling.ConfigureAwait(false);
        _writer.Complete();
        try
        {
            await writing.WaitAsync(LastWrites, _parts.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until every slot is free again.</summary>
    /// <returns>Whether that came about in time.</returns>
    private async Task<bool> HandlersEndAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within, _parts.TimeProvider);
        try
        {
            while (_slots.Busy > 0)
            {
                await _slotsChanged.WaitAsync(null, limit.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
