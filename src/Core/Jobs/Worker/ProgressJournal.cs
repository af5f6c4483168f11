using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Worker;

/// <summary>Writes what handlers report: many jobs in one call, each at once first and then at most once a second, and the last before its outcome.</summary>
/// <remarks>What can't be written is tried again while the handler runs, and then left: no outcome waits for it longer than one call may take.</remarks>
internal sealed partial class ProgressJournal(IJobJournal journal, TimeProvider timeProvider, ILogger logger) : IDisposable
{
    private const int MaxBatch = 500;
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(3);
    private readonly ConcurrentQueue<AttemptProgress> _changed = new();
    private readonly ConcurrentQueue<(AttemptProgress Progress, Action WriteOutcome)> _ended = new();
    private readonly List<AttemptProgress> _unwritten = [];
    private readonly WakeUp _wakeUp = new(timeProvider);
    private volatile bool _complete;

    /// <summary>Takes note that an attempt has something to write.</summary>
    public void Changed(AttemptProgress progress)
    {
        _changed.Enqueue(progress);
        _wakeUp.Set();
    }

    /// <summary>Writes the last of an attempt, then calls <paramref name="writeOutcome"/>: after the outcome its lease is good for nothing.</summary>
    public void Finish(AttemptProgress progress, Action writeOutcome)
    {
        _ended.Enqueue((progress, writeOutcome));
        _wakeUp.Set();
    }

    /// <summary>Says that no attempt will follow; <see cref="RunAsync"/> ends when all that ended are written.</summary>
    public void Complete()
    {
        _complete = true;
        _wakeUp.Set();
    }

    public async Task RunAsync()
    {
        while (!_complete || !_ended.IsEmpty)
        {
            if (!await WriteSomeAsync().ConfigureAwait(false))
            {
                await _wakeUp.WaitAsync(_unwritten.Count > 0 ? Spacing / 4 : null, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _wakeUp.Dispose();

    /// <summary>Writes what is due, in one call at the most.</summary>
    /// <returns>Whether there was anything.</returns>
    private async Task<bool> WriteSomeAsync()
    {
        while (_changed.TryDequeue(out var changed))
        {
            _unwritten.Add(changed);
        }

        var ended = new List<(AttemptProgress Progress, Action WriteOutcome)>();
        while (ended.Count < MaxBatch && _ended.TryDequeue(out var finished))
        {
            ended.Add(finished);
        }

        var batch = new List<(AttemptProgress Progress, JobJournalEntry Entry)>();
        ended.ForEach(finished => Take(finished.Progress, batch));
        _unwritten.RemoveAll(progress => batch.Count < MaxBatch && IsDue(progress) && Take(progress, batch));
        if (batch.Count > 0 && !await TryWriteAsync([.. batch.Select(taken => taken.Entry)]).ConfigureAwait(false))
        {
            PutBack(batch.Select(taken => taken.Progress).Except(ended.Select(finished => finished.Progress)));
        }

        ended.ForEach(finished => finished.WriteOutcome());
        return batch.Count > 0 || ended.Count > 0;
    }

    private bool IsDue(AttemptProgress progress) => progress.WrittenAt is not { } writtenAt || timeProvider.GetElapsedTime(writtenAt) >= Spacing;

    /// <summary>Takes an attempt's entry, or finds that another turn has written it.</summary>
    private bool Take(AttemptProgress progress, List<(AttemptProgress Progress, JobJournalEntry Entry)> batch)
    {
        if (progress.Take() is { } entry)
        {
            progress.WrittenAt = timeProvider.GetTimestamp();
            batch.Add((progress, entry));
        }

        return true;
    }

    private void PutBack(IEnumerable<AttemptProgress> unwritten)
    {
        foreach (var progress in unwritten)
        {
            progress.PutBack();
            _unwritten.Add(progress);
        }
    }

    private async Task<bool> TryWriteAsync(JobJournalEntry[] entries)
    {
        try
        {
            // A journal that hangs, whatever its token says, may not hold the outcomes of the jobs that reported.
            using var limit = new CancellationTokenSource(CallLimit, timeProvider);
            await journal.WriteAsync(entries, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            Log.JournalFailed(logger, exception, entries.Length);
            return false;
        }
    }
}
