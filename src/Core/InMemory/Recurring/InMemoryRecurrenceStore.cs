using Switchyard.Jobs.Recurring;

namespace Switchyard.InMemory.Recurring;

/// <summary>Keeps recurrences in the memory of this process.</summary>
internal sealed class InMemoryRecurrenceStore(InMemoryDatabase database, FiringWriter firings) : IRecurrenceStore
{
    private const int MostCounted = 10_000;

    /// <inheritdoc/>
    public async Task<RecurrenceTick> FireAsync(
        int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var tick = await database.ReadAsync(now => Fire(limit, kinds, plan, now), cancellationToken).ConfigureAwait(false);
        if (tick.Fired > 0)
        {
            database.Wake();
        }

        return tick;
    }

    /// <inheritdoc/>
    public Task<Recurrence?> ChangeAsync(Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(now => Change(id, change, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Recurrence?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(_ => database.Recurrences.TryGet(id, out var row) ? row.Recurrence : null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Recurrence>> ListAsync(string kind, Guid? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Recurrence>>(
            _ => [.. database.Recurrences.Rows.Select(row => row.Recurrence)
                .Where(recurrence => recurrence.Kind == kind && (after is null || recurrence.Id.CompareTo(after.Value) > 0))
                .OrderBy(recurrence => recurrence.Id).Take(limit)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Occurrence>> ListOccurrencesAsync(Guid id, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Occurrence>>(
            _ => database.Recurrences.TryGet(id, out var row) ? [.. row.Ledger.Values.Where(one => one.FirstAt <= to && one.LastAt >= from).Take(limit)] : [],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecurrenceRevision>> ListRevisionsAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RecurrenceRevision>>(
            _ => database.Recurrences.TryGet(id, out var row)
                ? [.. row.Revisions.Where((revision, index) => revision.Since <= to && !row.Revisions.Skip(index + 1).Any(next => next.Since < from))]
                : [],
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> PruneAsync(TimeSpan olderThan, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(now => database.Recurrences.Prune(now - olderThan, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<RecurrenceBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            now => new RecurrenceBacklog(
                database.Recurrences.Due(now).Take(MostCounted).Count(),
                database.Recurrences.NextLook() is { } first && first <= now ? first : null,
                now),
            cancellationToken);

    private RecurrenceTick Fire(
        int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, DateTimeOffset now)
    {
        RecurrenceRow[] rows = [.. database.Recurrences.Due(now).Where(row => kinds is null || kinds.Contains(row.Recurrence.Kind)).Take(limit)];
        if (rows.Length == 0)
        {
            return new RecurrenceTick(0, 0, now, database.Recurrences.NextLook(after: now));
        }

        var planned = plan(Array.ConvertAll(rows, ToDue), now);
        var fired = firings.Record(planned, now);
        foreach (var firing in planned)
        {
            if (database.Recurrences.TryGet(firing.RecurrenceId, out var row))
            {
                database.Recurrences.Advance(row, firing);
            }
        }

        return new RecurrenceTick(rows.Length, fired, now, rows.Length == limit ? null : database.Recurrences.NextLook(after: now));
    }

    private Recurrence? Change(Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change, DateTimeOffset now)
    {
        var row = database.Recurrences.TryGet(id, out var found) ? found : null;
        switch (change(row is null ? null : ToDue(row), now))
        {
            case null:
                return row?.Recurrence;
            case { Recurrence: null }:
                database.Recurrences.Delete(id);
                return null;
            case { Recurrence: { } recurrence } when recurrence.Id != id:
                throw new ArgumentException($"The recurrence {recurrence.Id} was given where {id} is changed.", nameof(change));
            case { Recurrence: { } recurrence } when row is null:
                return database.Recurrences.Insert(recurrence, now);
            case { Recurrence: { } recurrence, Pending: var pending }:
                RecurrenceLimits.Check(recurrence);
                firings.Record(pending is null ? [] : [pending], now);
                return database.Recurrences.Update(row, recurrence, pending?.LastAt, now);
        }
    }

    private DueRecurrence ToDue(RecurrenceRow row) => RecurrenceTable.ToDue(row, database.Jobs);
}
