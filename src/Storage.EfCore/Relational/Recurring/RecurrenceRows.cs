using Switchyard.Jobs.Recurring;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Reads recurrences in the transaction of whoever calls, such as a store whose rows are recurrences too.</summary>
internal static class RecurrenceRows
{
    /// <summary>Gets a recurrence, or <see langword="null"/>, without a lock.</summary>
    public static async Task<Recurrence?> FindAsync(StoreSession session, Guid id) =>
        (await Command(session, sql => sql.Find).With("id", SqlType.Id, id).ReadAsync(RecurrenceRow.Read).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Gets those of a page of ids that are there, without locks, by one statement.</summary>
    public static async Task<Dictionary<Guid, Recurrence>> FindAllAsync(StoreSession session, IReadOnlyCollection<Guid> ids)
    {
        var rows = RecurrenceSql.Ids().Set(ids.ToArray());
        var found = ids.Count == 0 ? [] : await Command(session, sql => sql.ReadMany).With(rows).ReadAsync(RecurrenceRow.Read).ConfigureAwait(false);
        return found.ToDictionary(recurrence => recurrence.Id);
    }

    /// <summary>Locks a recurrence against ticks and other changes until the transaction ends, and reads it with all that a plan needs.</summary>
    /// <remarks>The clock is read when the lock is held, so that it is later than that of any tick which held it before.</remarks>
    /// <returns>The recurrence (<see langword="null"/> where there is none) and the store's clock.</returns>
    public static async Task<(DueRecurrence? Due, DateTimeOffset Now)> LockAsync(StoreSession session, Guid id)
    {
        var locked = await Command(session, sql => sql.Lock).With("id", SqlType.Id, id).ReadAsync(RecurrenceRow.ReadLocked).ConfigureAwait(false);
        var ((now, busy), targets) = await Command(session, sql => sql.ReadLocked)
            .With("key", SqlType.Text, DueRecurrence.ConcurrencyKeyOf(id)).With("id", SqlType.Id, id)
            .ReadAsync(row => (row.Instant(0), row.Flag(1)), row => row.Id(0)).ConfigureAwait(false);
        return locked is [var (recurrence, look)]
            ? (new DueRecurrence(recurrence, targets, busy && recurrence.OverlapPolicy != OverlapPolicy.Allow) { LookAt = look }, now)
            : (null, now);
    }

    /// <summary>Lists those of a kind by id, after one of them.</summary>
    public static async Task<IReadOnlyList<Recurrence>> ListAsync(StoreSession session, string kind, Guid? after, int limit) =>
        await Command(session, sql => sql.List).With("kind", SqlType.Text, kind).With("after", SqlType.Id, after ?? Guid.Empty).With("max", SqlType.Number, limit)
            .ReadAsync(RecurrenceRow.Read).ConfigureAwait(false);

    private static SqlCommand Command(StoreSession session, Func<RecurrenceSql, string> statement) => session.Command(statement(RecurrenceSql.For(session.Dialect)));
}
