using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Claims jobs, runs their handlers on the thread pool, writes what comes of them, and stops in order.</summary>
internal sealed partial class JobWorker : IDisposable
{
    private readonly JobWorkerParts _parts;
    private readonly RunningJobs _running = new();
    private readonly WakeUp _slotsChanged;
    private readonly TimeLimits _limits;
    private readonly JobRunner _runner;
    private readonly JobSlots _slots;
    private readonly LeaseKeeper _keeper;
    private readonly OutcomeWriter _writer;
    private readonly JobClaimer _claimer;
    private readonly ProgressJournal? _journal;
    private readonly string _name;

    public JobWorker(JobWorkerParts parts)
    {
        _parts = parts;
        _name = (parts.Options.WorkerName ?? NewName()) + parts.NameSuffix;
        var (options, time, logger) = (parts.Options, parts.TimeProvider, parts.Logger);
        _slotsChanged = new WakeUp(time);
        _limits = new TimeLimits(time);
        _runner = new JobRunner(parts.Handlers, parts.Scopes, options, _limits, parts.Instruments, parts.Randomizer, logger);
        var concurrency = new AdaptiveConcurrency(parts.Slots, time, _slotsChanged.Set);
        _keeper = new LeaseKeeper(parts.Store, _running, options.LeaseDuration, concurrency, parts.Instruments, time, logger);
        var outcomes = new OutcomeStore(parts, _running, _runner, concurrency);
        _writer = new OutcomeWriter(outcomes, options.LeaseDuration, time, new StoreBackoff(time, parts.Randomizer), logger);
        _slots = new JobSlots(parts.Slots, concurrency, RunAsync, _slotsChanged, time);
        _claimer = new JobClaimer(parts, _name, _slots, _running, _keeper, _writer, outcomes, concurrency, _slotsChanged);
        _journal = parts.Journal is null ? null : new ProgressJournal(parts.Journal, time, logger);
    }

    public void Dispose()
    {
        _slotsChanged.Dispose();
        _limits.Dispose();
        _writer.Dispose();
        _journal?.Dispose();
    }

    /// <summary>Works until the stop, and ends when all is written.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (!_parts.Options.Enabled || _parts.Handlers.Kinds.Count == 0)
        {
            Log.WorkerIdle(_parts.Logger, _parts.Options.Enabled ? "there is no handler" : "Enabled is false");
            return;
        }

        // The host's start must not wait for a store that answers at once and thus never yields.
        await Task.Yield();
        LeaveThreadsForTheKeeper(_parts.Options.Concurrency);
        Log.WorkerStarted(_parts.Logger, _name, _parts.Slots, string.Join(", ", _parts.Handlers.Kinds));
        using var ended = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        var beating = _parts.Nodes is null ? Task.CompletedTask : Task.Run(() => NewHeartbeat(_parts.Nodes).RunAsync(ended.Token), CancellationToken.None);
        var keeping = Task.Run(() => _keeper.RunAsync(ended.Token), CancellationToken.None);
        var writing = Task.Run(() => _writer.RunAsync(abandon.Token), CancellationToken.None);
        var journaling = _journal is null ? Task.CompletedTask : Task.Run(_journal.RunAsync, CancellationToken.None);
        await ClaimUntilAsync(stop).ConfigureAwait(false);
        await DrainAsync(journaling, writing, abandon).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(keeping, beating).ConfigureAwait(false);
        Log.WorkerStopped(_parts.Logger, _name);
    }

    private async Task ClaimUntilAsync(CancellationToken stop)
    {
        try
        {
            await new KindLimitWriter(_parts).WriteAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        await _claimer.RunAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Runs a job in a slot. Never throws.</summary>
    private async ValueTask RunAsync(RunningJob job)
    {
        var claimed = job.Claimed;
        _parts.Instruments.OnBuffered(claimed.Kind, -1);
        if (job.Interruption.Reason != InterruptionReason.None || _keeper.IsTooOld(job.RenewedAt))
        {
            Finish(job, JobOutcome.Release);
            return;
        }

        _parts.Instruments.OnPickedUp(claimed.Kind, claimed.AvailableAt, _parts.TimeProvider);
        job.Progress = _journal is null ? null : new AttemptProgress(claimed, _journal, _parts.TimeProvider);
        var started = _parts.TimeProvider.GetTimestamp();
        var outcome = await _runner.RunAsync(claimed, job.Interruption, job.Progress ?? JobProgress.None).ConfigureAwait(false);
        var elapsed = _parts.TimeProvider.GetElapsedTime(started);
        job.Elapsed = elapsed;
        job.Pace.Ran(elapsed);
        Finish(job, outcome);
    }

    /// <summary>Hands an outcome to the writer, unless the stop has given the job up before its handler ended.</summary>
    private void Finish(RunningJob job, JobOutcome outcome)
    {
        if (!job.TryEnd())
        {
            return;
        }

        job.Progress?.End();
        if (job.Progress is { HasReported: true } progress)
        {
            _journal!.Finish(progress, () => _writer.Add(job, outcome));
        }
        else
        {
            _writer.Add(job, outcome);
        }
    }

    private NodeHeartbeat NewHeartbeat(INodeRegistry registry) => new(registry, Describe, _parts.Options.LeaseDuration / 3, _parts.TimeProvider, _parts.Logger);

    private JobNode Describe() => new()
    {
        Name = _name, Version = ProgramVersion.Text, Kinds = _parts.Handlers.Kinds, Concurrency = _parts.Slots,
        Running = _slots.Busy, Buffered = _slots.Ready + _claimer.Waiting,
    };

    /// <summary>Raises the pool's least number of threads, so that handlers that block can't hold back the renewals of their own leases.</summary>
    private static void LeaveThreadsForTheKeeper(int concurrency)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(concurrency, 512) + Environment.ProcessorCount), completions);
    }

    private static string NewName() => $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 64)]}/{Environment.ProcessId}/{Guid.NewGuid():N}";
}
