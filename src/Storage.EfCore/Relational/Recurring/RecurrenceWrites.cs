using Switchyard.Jobs.Recurring;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Writes recurrences in the transaction of whoever calls, such as a store whose rows are recurrences too.</summary>
/// <remarks>
/// Who changes or removes one has locked it by <see cref="RecurrenceRows.LockAsync"/>, and a row of their own after it, never before:
/// ticks lock recurrences first. Wake the workers after the commit of what has pending effects.
/// </remarks>
internal static class RecurrenceWrites
{
    /// <summary>Stores a recurrence with its first revision, which is 1; when it is next looked at is its <see cref="Recurrence.NextAt"/>.</summary>
    /// <returns>What was stored; <see langword="null"/> where the id is taken.</returns>
    public static async Task<Recurrence?> InsertAsync(StoreSession session, Recurrence recurrence, DateTimeOffset now)
    {
        RecurrenceRules.Check(recurrence);
        var stored = recurrence with { Revision = 1 };
        if (await Command(session, sql => sql.Insert).With(stored).ExecuteAsync().ConfigureAwait(false) == 0)
        {
            return null;
        }

        await AddRevisionAsync(session, stored, now).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Stores what a locked recurrence shall be, and what becomes of instants that were due before.</summary>
    /// <remarks>
    /// Another definition gets the next revision, whatever the new record says. One that is the same, with the same next instant,
    /// leaves everything as it is, also what is buffered. <see cref="Recurrence.LastAt"/> is kept, or is the firing's.
    /// </remarks>
    /// <param name="session">The transaction.</param>
    /// <param name="firings">Writes what is pending.</param>
    /// <param name="locked">What is there.</param>
    /// <param name="changed">What shall be; its id and kind are those of what is there.</param>
    /// <param name="pending">What becomes of instants that were due; its times for the next look are not used.</param>
    /// <param name="now">The store's clock, as the lock gave it.</param>
    /// <returns>What is stored now.</returns>
    public static async Task<Recurrence> UpdateAsync(
        StoreSession session, FiringWriter firings, Recurrence locked, Recurrence changed, RecurrenceFiring? pending, DateTimeOffset now)
    {
        RecurrenceRules.Check(changed);
        if (pending is not null)
        {
            await firings.RecordAsync(session, [pending]).ConfigureAwait(false);
        }

        var isSame = RecurrenceRules.AreDefinedAlike(locked, changed);
        var stored = changed with { Revision = isSame ? locked.Revision : locked.Revision + 1, LastAt = pending?.LastAt ?? locked.LastAt };
        if (isSame && stored.NextAt == locked.NextAt && stored.LastAt == locked.LastAt)
        {
            return locked;
        }

        await Command(session, sql => sql.Update).With(stored).ExecuteAsync().ConfigureAwait(false);
        if (!isSame)
        {
            await AddRevisionAsync(session, stored, now).ConfigureAwait(false);
        }

        return stored;
    }

    /// <summary>Removes a recurrence with its targets, revisions and ledger. It waits for a tick that holds it, so that nothing is left of that.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DeleteAsync(StoreSession session, Guid id)
    {
        var deleted = await Command(session, sql => sql.Delete).With("id", SqlType.Id, id).ExecuteAsync().ConfigureAwait(false);
        await Command(session, sql => sql.DeleteRest).With("id", SqlType.Id, id).ExecuteAsync().ConfigureAwait(false);
        return deleted > 0;
    }

    /// <summary>Adds a target; targets are in the order of <paramref name="at"/>, then of their ids. Locks the recurrence.</summary>
    /// <returns>Whether it was added; <see langword="false"/> where the recurrence is gone, or has it.</returns>
    public static async Task<bool> AddTargetAsync(StoreSession session, Guid id, Guid target, DateTimeOffset at) =>
        await Command(session, sql => sql.AddTarget).With("target", SqlType.Id, target).With("at", SqlType.Instant, at).With("id", SqlType.Id, id)
            .ExecuteAsync().ConfigureAwait(false) > 0;

    /// <summary>Removes a target.</summary>
    /// <returns>Whether the recurrence had it.</returns>
    public static async Task<bool> RemoveTargetAsync(StoreSession session, Guid id, Guid target) =>
        await Command(session, sql => sql.RemoveTarget).With("id", SqlType.Id, id).With("target", SqlType.Id, target).ExecuteAsync().ConfigureAwait(false) > 0;

    private static Task<int> AddRevisionAsync(StoreSession session, Recurrence stored, DateTimeOffset since) =>
        Command(session, sql => sql.AddRevision)
            .With("id", SqlType.Id, stored.Id).With("revision", SqlType.BigNumber, stored.Revision).With("since", SqlType.Instant, since)
            .With("expression", SqlType.Text, stored.Expression).With("zone", SqlType.Text, stored.TimeZone).With("enabled", SqlType.Flag, stored.Enabled)
            .ExecuteAsync();

    private static SqlCommand Command(StoreSession session, Func<RecurrenceSql, string> statement) => session.Command(statement(RecurrenceSql.For(session.Dialect)));
}
