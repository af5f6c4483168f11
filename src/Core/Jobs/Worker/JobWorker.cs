using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>Claims jobs as slots are free, runs their handlers on the thread pool, and stops in order.</summary>
internal sealed partial class JobWorker : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private readonly JobWorkerParts _parts;
    private readonly RunningJobs _running = new();
    private readonly JobRunner _runner;
    private readonly LeaseKeeper _keeper;
    private readonly OutcomeWriter _writer;
    private readonly StoreBackoff _backoff;
    private readonly SemaphoreSlim _slots;
    private readonly string _name;
    private readonly IReadOnlyList<string> _kinds;

    public JobWorker(JobWorkerParts parts)
    {
        _parts = parts;
        var (options, time, logger) = (parts.Options, parts.TimeProvider, parts.Logger);
        _runner = new JobRunner(parts.Handlers, parts.Scopes, options, parts.Instruments, time, parts.Randomizer, logger);
        _keeper = new LeaseKeeper(parts.Store, _running, options.LeaseDuration, parts.Instruments, time, logger);
        _writer = new OutcomeWriter(
            parts.Store, _running, _runner, parts.Signal, parts.Instruments, options.LeaseDuration, time, new StoreBackoff(time, parts.Randomizer), logger);
        _backoff = new StoreBackoff(time, parts.Randomizer);
        _slots = new SemaphoreSlim(options.Concurrency);
        _name = options.WorkerName ?? NewName();
        _kinds = parts.Handlers.Kinds;
    }

    /// <summary>Gets how many outcomes may wait before no more jobs are claimed.</summary>
    private int MaxWaiting => Math.Max(1_000, 10 * _parts.Options.Concurrency);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_parts.Options.Enabled || _kinds.Count == 0)
        {
            Log.WorkerIdle(_parts.Logger, _parts.Options.Enabled ? "there is no handler" : "Enabled is false");
            return;
        }

        // The host's start must not wait for a store that answers at once and thus never yields.
        await Task.Yield();
        LeaveThreadsForTheKeeper(_parts.Options.Concurrency);
        Log.WorkerStarted(_parts.Logger, _name, _parts.Options.Concurrency, string.Join(", ", _kinds));
        using var ended = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        var keeping = Task.Run(() => _keeper.RunAsync(ended.Token), CancellationToken.None);
        var writing = Task.Run(() => _writer.RunAsync(abandon.Token), CancellationToken.None);
        await ClaimUntilAsync(stoppingToken).ConfigureAwait(false);
        await DrainAsync(writing, abandon).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        Log.WorkerStopped(_parts.Logger, _name);
    }

    private async Task ClaimUntilAsync(CancellationToken stop)
    {
        var idle = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (_writer.Waiting >= MaxWaiting)
                {
                    await _backoff.WaitAsync(stop).ConfigureAwait(false);
                    continue;
                }

                var free = await TakeSlotsAsync(stop).ConfigureAwait(false);
                var claimed = await ClaimAndStartAsync(free, stop).ConfigureAwait(false);
                _backoff.Succeeded();
                idle = claimed > 0 ? 0 : idle;
                if (claimed == 0)
                {
                    idle = await SleepAsync(idle, stop).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _parts.Instruments.OnStoreFailed("claim");
                Log.ClaimFailed(_parts.Logger, exception);
                await PauseAsync(stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> TakeSlotsAsync(CancellationToken stop)
    {
        await _slots.WaitAsync(stop).ConfigureAwait(false);
        var free = 1;
        while (free < _parts.Options.Concurrency && _slots.Wait(0, CancellationToken.None))
        {
            free++;
        }

        return free;
    }

    private async Task<int> ClaimAndStartAsync(int free, CancellationToken stop)
    {
        IReadOnlyList<ClaimedJob> claimed = [];
        try
        {
            // Not cancelled by a stop: a claim that was given up half-way may have been made, and would cost its attempts.
            var before = _parts.TimeProvider.GetTimestamp();
            using var limit = new CancellationTokenSource(_parts.Options.LeaseDuration, _parts.TimeProvider);
            claimed = await _parts.Store.ClaimAsync(
                new ClaimRequest { Owner = _name, Kinds = _kinds, MaxJobs = free, StartAtOnce = free, Lease = _parts.Options.LeaseDuration }, limit.Token).ConfigureAwait(false);
            foreach (var job in claimed)
            {
                Start(new RunningJob(job, before), stop);
            }

            return claimed.Count;
        }
        finally
        {
            // What was claimed gives its slot back when its handler ends.
            if (free > claimed.Count)
            {
                _slots.Release(free - claimed.Count);
            }
        }
    }

    private void Start(RunningJob job, CancellationToken stop)
    {
        _parts.Instruments.OnClaimed(job.Claimed.Kind);
        _running.Add(job);
        if (stop.IsCancellationRequested || _keeper.IsTooOld(job.RenewedAt))
        {
            _slots.Release();
            Finish(job, JobOutcome.Release);
            return;
        }

        _ = Task.Run(() => RunAsync(job), CancellationToken.None);
    }

    private async Task RunAsync(RunningJob job)
    {
        var started = _parts.TimeProvider.GetTimestamp();
        var outcome = await _runner.RunAsync(job.Claimed, job.Interruption).ConfigureAwait(false);
        job.Elapsed = _parts.TimeProvider.GetElapsedTime(started);
        Finish(job, outcome);
        _slots.Release();
    }

    /// <summary>Hands an outcome to the writer, unless the stop has given the job up before its handler ended.</summary>
    private void Finish(RunningJob job, JobOutcome outcome)
    {
        if (job.TryEnd())
        {
            _writer.Add(job, outcome);
        }
    }

    /// <summary>Sleeps until a signal, the next due time or the poll; longer each time that a due job can't be had.</summary>
    private async Task<int> SleepAsync(int idle, CancellationToken stop)
    {
        var next = await GetTimeToNextAsync(stop).ConfigureAwait(false) ?? _parts.Options.PollInterval;
        var poll = _parts.Options.PollInterval;
        var pause = FirstPause * Math.Pow(2, Math.Min(idle, 10));
        var wait = next > pause ? next : pause;
        await _parts.Signal.WaitAsync(wait < poll ? wait : poll, stop).ConfigureAwait(false);
        return next <= TimeSpan.Zero ? idle + 1 : 0;
    }

    private async Task<TimeSpan?> GetTimeToNextAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_parts.Options.LeaseDuration, _parts.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        return await _parts.Store.GetTimeToNextAsync(_kinds, linked.Token).ConfigureAwait(false);
    }

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

    /// <summary>Raises the pool's least number of threads, so that handlers that block can't hold back the renewals of their own leases.</summary>
    private static void LeaveThreadsForTheKeeper(int concurrency)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(concurrency, 512) + Environment.ProcessorCount), completions);
    }

    private static string NewName() => $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 64)]}/{Environment.ProcessId}/{Guid.NewGuid():N}";
}
