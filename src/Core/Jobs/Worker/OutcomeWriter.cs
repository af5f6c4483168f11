using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Switchyard.Jobs.Worker;

/// <summary>Writes outcomes in batches, naturally: while writes are under way the next batch fills.</summary>
/// <remarks>
/// A second write begins beside one that is under way only when half a batch has come together, so that a store with one
/// writer gets large batches and one with many is kept busy. A write that failed is repeated for as long as it takes; the fence makes a
/// repetition harmless. After a failure outcomes go one by one, then two, four and so on, and one that fails goes to the back, so
/// that none can block the others.
/// </remarks>
internal sealed partial class OutcomeWriter(OutcomeStore store, TimeSpan callLimit, TimeProvider timeProvider, StoreBackoff backoff, ILogger logger) : IDisposable
{
    private const int MaxBatch = 500;
    private const int MaxWrites = 4;
    private readonly ConcurrentQueue<FinishedJob> _arrivals = new();
    private readonly ConcurrentQueue<FinishedJob> _leftOver = new();
    private readonly Queue<FinishedJob> _pending = new();
    private readonly WakeUp _wakeUp = new(timeProvider);
    private int _batch = MaxBatch;
    private int _waiting;
    private int _writes;
    private int _failed;
    private int _arrived;
    private volatile bool _complete;

    /// <summary>Gets how many outcomes wait to be written.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Add(RunningJob job, Running.JobOutcome outcome)
    {
        Interlocked.Increment(ref _waiting);
        _arrivals.Enqueue(new FinishedJob(job, outcome));
        if (Interlocked.Increment(ref _arrived) == MaxBatch / 2 || Volatile.Read(ref _writes) == 0)
        {
            _wakeUp.Set();
        }
    }

    /// <summary>Says that no outcome will follow; <see cref="RunAsync"/> ends when all are written.</summary>
    public void Complete()
    {
        _complete = true;
        _wakeUp.Set();
    }

    /// <summary>Writes until <see cref="Complete"/>, or until <paramref name="abandon"/>, which leaves the rest to their leases.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            while (!_complete || Waiting > 0)
            {
                Collect();
                if (Interlocked.Exchange(ref _failed, 0) > 0)
                {
                    _batch = 1;
                    await backoff.WaitAsync(abandon).ConfigureAwait(false);
                }
                else if (_pending.Count > 0 && MayWrite())
                {
                    Interlocked.Increment(ref _writes);
                    _ = WriteAsync(Take(), abandon);
                }
                else
                {
                    await _wakeUp.WaitAsync(null, abandon).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            Log.OutcomesLeft(logger, Waiting);
        }
    }

    public void Dispose() => _wakeUp.Dispose();

    private void Collect()
    {
        while (_leftOver.TryDequeue(out var again))
        {
            _pending.Enqueue(again);
        }

        while (_pending.Count < MaxBatch && _arrivals.TryDequeue(out var arrived))
        {
            _pending.Enqueue(arrived);
            Interlocked.Decrement(ref _arrived);
        }
    }

    /// <summary>After a failure one write at a time, until whole batches go through again.</summary>
    private bool MayWrite()
    {
        var writes = Volatile.Read(ref _writes);
        return writes == 0 || (writes < MaxWrites && _batch == MaxBatch && _pending.Count >= MaxBatch / 2);
    }

    private FinishedJob[] Take()
    {
        var batch = new FinishedJob[Math.Min(_batch, _pending.Count)];
        for (var index = 0; index < batch.Length; index++)
        {
            batch[index] = _pending.Dequeue();
        }

        return batch;
    }

    private async Task WriteAsync(FinishedJob[] batch, CancellationToken abandon)
    {
        try
        {
            using var limit = new CancellationTokenSource(callLimit, timeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, abandon);
            await store.WriteAsync(batch, linked.Token).ConfigureAwait(false);
            _batch = Math.Min(_batch * 2, MaxBatch);
            backoff.Succeeded();
        }
        catch (Exception exception) when (!abandon.IsCancellationRequested)
        {
            Log.WriteFailed(logger, exception, batch.Length);
            store.SetBack(batch);
            Interlocked.Increment(ref _failed);
        }
        catch (OperationCanceledException)
        {
            // Abandoned: the loop says what is left.
        }

        foreach (var finished in batch)
        {
            if (!finished.IsSettled)
            {
                _leftOver.Enqueue(finished);
                continue;
            }

            Interlocked.Decrement(ref _waiting);
        }

        Interlocked.Decrement(ref _writes);
        _wakeUp.Set();
    }
}
