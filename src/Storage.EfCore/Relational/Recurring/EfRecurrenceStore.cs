using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Stores recurrences and their ledger in the database of a context.</summary>
internal sealed partial class EfRecurrenceStore<TContext>(StoreSessions<TContext> sessions, FiringWriter firings, IJobSignal signal) : IRecurrenceStore
    where TContext : DbContext
{
    // Somebody else may make and remove the same recurrence again and again between our look and our insert.
    private const int Rounds = 10;

    public async Task<Recurrence?> ChangeAsync(Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var round = 0; round < Rounds; round++)
        {
            var (isDone, stored) = await sessions.WriteAsync(session => ChangeAsync(session, id, change), cancellationToken, alone: true).ConfigureAwait(false);
            if (isDone)
            {
                signal.Set();
                return stored;
            }
        }

        throw new InvalidOperationException($"The recurrence {id} came and went too fast to be changed; repeat the call.");
    }

    public Task<Recurrence?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.StatementAsync(session => RecurrenceRows.FindAsync(session, id), cancellationToken);

    public Task<IReadOnlyList<Recurrence>> ListAsync(string kind, Guid? after, int limit, CancellationToken cancellationToken) =>
        sessions.StatementAsync(session => RecurrenceRows.ListAsync(session, kind, after, limit), cancellationToken);

    public Task<IReadOnlyList<Occurrence>> ListOccurrencesAsync(Guid id, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        sessions.StatementAsync<IReadOnlyList<Occurrence>>(
            async session => await Command(session, sql => sql.ListOccurrences)
                .With("id", SqlType.Id, id).With("from", SqlType.Instant, from).With("to", SqlType.Instant, to).With("max", SqlType.Number, limit)
                .ReadAsync(RecurrenceRow.ReadOccurrence).ConfigureAwait(false),
            cancellationToken);

    public Task<IReadOnlyList<RecurrenceRevision>> ListRevisionsAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        sessions.StatementAsync<IReadOnlyList<RecurrenceRevision>>(
            async session => await Command(session, sql => sql.ListRevisions)
                .With("id", SqlType.Id, id).With("from", SqlType.Instant, from).With("to", SqlType.Instant, to)
                .ReadAsync(RecurrenceRow.ReadRevision).ConfigureAwait(false),
            cancellationToken);

    public Task<int> PruneAsync(TimeSpan olderThan, int limit, CancellationToken cancellationToken) =>
        sessions.StatementAsync(
            session => Command(session, sql => sql.Prune).With("age", SqlType.BigNumber, -JobRow.Microseconds(olderThan)).With("max", SqlType.Number, limit).ExecuteAsync(),
            cancellationToken,
            writes: true);

    public Task<RecurrenceBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        sessions.StatementAsync(
            async session => (await Command(session, sql => sql.Backlog)
                .ReadAsync(row => new RecurrenceBacklog((int)row.Long(1), row.InstantOrNull(2), row.Instant(0))).ConfigureAwait(false))[0],
            cancellationToken);

    private async Task<(bool IsDone, Recurrence? Stored)> ChangeAsync(StoreSession session, Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change)
    {
        var (due, now) = await RecurrenceRows.LockAsync(session, id).ConfigureAwait(false);
        switch (change(due, now))
        {
            case null:
                return (true, due?.Recurrence);
            case { Recurrence: null }:
                await RecurrenceWrites.DeleteAsync(session, id).ConfigureAwait(false);
                return (true, null);
            case { Recurrence: { } recurrence } when recurrence.Id != id:
                throw new ArgumentException($"The recurrence {recurrence.Id} was given where {id} is changed.", nameof(change));
            case { Recurrence: { } recurrence } when due is null:
                var stored = await RecurrenceWrites.InsertAsync(session, recurrence, now).ConfigureAwait(false);
                return (stored is not null, stored);
            case { Recurrence: { } recurrence, Pending: var pending }:
                return (true, await RecurrenceWrites.UpdateAsync(session, firings, due.Recurrence, recurrence, pending, now).ConfigureAwait(false));
        }
    }

    private static SqlCommand Command(StoreSession session, Func<RecurrenceSql, string> statement) => session.Command(statement(RecurrenceSql.For(session.Dialect)));
}
