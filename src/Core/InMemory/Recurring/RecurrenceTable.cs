using System.Diagnostics.CodeAnalysis;
using Switchyard.Jobs.Recurring;

namespace Switchyard.InMemory.Recurring;

/// <summary>Keeps recurrences by id and by when to look at them. Every member needs the database's lock.</summary>
/// <remarks>Stores whose rows are recurrences too call it under that lock, with rows of their own.</remarks>
internal sealed class RecurrenceTable
{
    private readonly Dictionary<Guid, RecurrenceRow> _rows = [];
    private readonly SortedSet<(DateTimeOffset LookAt, Guid Id)> _waiting = [];

    /// <summary>Gets all rows, in no order.</summary>
    public IReadOnlyCollection<RecurrenceRow> Rows => _rows.Values;

    /// <summary>Gets when the next one is to be looked at.</summary>
    public DateTimeOffset? NextLook(DateTimeOffset? after = null) =>
        after is { } now ? _waiting.GetViewBetween((now.AddTicks(1), Guid.Empty), (DateTimeOffset.MaxValue, Guid.Empty)).FirstOrNull() : _waiting.FirstOrNull();

    /// <summary>Gets those whose time has come, the longest due first.</summary>
    public IEnumerable<RecurrenceRow> Due(DateTimeOffset now) => _waiting.TakeWhile(entry => entry.LookAt <= now).Select(entry => _rows[entry.Id]);

    public bool TryGet(Guid id, [NotNullWhen(true)] out RecurrenceRow? row) => _rows.TryGetValue(id, out row);

    /// <summary>Gets a recurrence with all that a plan needs.</summary>
    public static DueRecurrence ToDue(RecurrenceRow row, Jobs.JobTable jobs) => new(
        row.Recurrence, [.. row.TargetsInOrder()], row.Recurrence.OverlapPolicy != OverlapPolicy.Allow && jobs.IsUnfinished(DueRecurrence.ConcurrencyKeyOf(row.Recurrence.Id)))
        {
            LookAt = row.LookAt,
        };

    /// <summary>Stores a valid recurrence with its first revision, which is 1.</summary>
    /// <returns>What was stored; <see langword="null"/> where the id is taken.</returns>
    public Recurrence? Insert(Recurrence recurrence, DateTimeOffset now)
    {
        RecurrenceLimits.Check(recurrence);
        var row = new RecurrenceRow(recurrence with { Revision = 1 });
        if (!_rows.TryAdd(recurrence.Id, row))
        {
            return null;
        }

        row.Revisions.Add(RevisionOf(row.Recurrence, now));
        SetLook(row, NextLookOf(row.Recurrence));
        return row.Recurrence;
    }

    /// <summary>Stores what a recurrence shall be. Another definition gets the next revision; the same with the same next instant leaves all as it is.</summary>
    /// <param name="row">What is there.</param>
    /// <param name="changed">What shall be; its id and kind are those of what is there.</param>
    /// <param name="lastAt">When it last fired, where that changes.</param>
    /// <param name="now">The store's clock.</param>
    /// <returns>What is stored now.</returns>
    public Recurrence Update(RecurrenceRow row, Recurrence changed, DateTimeOffset? lastAt, DateTimeOffset now)
    {
        RecurrenceLimits.Check(changed);
        var locked = row.Recurrence;
        var isSame = RecurrenceLimits.AreDefinedAlike(locked, changed);
        var stored = changed with { Revision = isSame ? locked.Revision : locked.Revision + 1, LastAt = lastAt ?? locked.LastAt };
        if (isSame && stored.NextAt == locked.NextAt && stored.LastAt == locked.LastAt)
        {
            return locked;
        }

        row.Recurrence = stored;
        SetLook(row, NextLookOf(stored));
        if (!isSame)
        {
            row.Revisions.Add(RevisionOf(stored, now));
        }

        return stored;
    }

    /// <summary>Stores when a fired recurrence fires next, and when to look at it.</summary>
    public void Advance(RecurrenceRow row, RecurrenceFiring firing)
    {
        row.Recurrence = row.Recurrence with { NextAt = firing.NextAt, LastAt = firing.LastAt ?? row.Recurrence.LastAt };
        SetLook(row, row.Recurrence.Enabled ? firing.LookAt ?? firing.NextAt : null);
    }

    /// <summary>Removes a recurrence with its targets, revisions and ledger.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(Guid id)
    {
        if (!_rows.Remove(id, out var row))
        {
            return false;
        }

        SetLook(row, null);
        return true;
    }

    /// <summary>Removes the oldest rows of the ledgers that were recorded before a time.</summary>
    public int Prune(DateTimeOffset before, int limit)
    {
        var old = _rows.Values.SelectMany(row => row.Ledger.Values.Where(one => one.RecordedAt < before)).OrderBy(one => one.RecordedAt).Take(limit).ToArray();
        foreach (var one in old)
        {
            _rows[one.RecurrenceId].Ledger.Remove(one.FirstAt);
        }

        return old.Length;
    }

    private void SetLook(RecurrenceRow row, DateTimeOffset? at)
    {
        if (row.LookAt is { } before)
        {
            _waiting.Remove((before, row.Recurrence.Id));
        }

        row.LookAt = at;
        if (at is { } look)
        {
            _waiting.Add((look, row.Recurrence.Id));
        }
    }

    private static DateTimeOffset? NextLookOf(Recurrence recurrence) => recurrence.Enabled ? recurrence.NextAt : null;

    private static RecurrenceRevision RevisionOf(Recurrence recurrence, DateTimeOffset since) =>
        new(recurrence.Revision, since, recurrence.Expression, recurrence.TimeZone, recurrence.Enabled);
}
