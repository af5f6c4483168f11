using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Recurring;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores schedules in the database of a context, each with its recurrence.</summary>
internal sealed partial class EfScheduleStore<TContext>(StoreSessions<TContext> sessions, FiringWriter firings, IJobSignal signal) : IScheduleStore
    where TContext : DbContext
{
    private const int NameLength = 255;

    public Task<Schedule> CreateAsync(Func<DateTimeOffset, Schedule> create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(create);
        return sessions.WriteAsync(session => CreateAsync(session, create), cancellationToken);
    }

    public Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.StatementAsync(session => FindAsync(session, id), cancellationToken);

    public async Task<Schedule?> ChangeAsync(Guid id, Func<Schedule, DueRecurrence, DateTimeOffset, ScheduleChange?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);

        // Alone, because what is pending may have users' own effects.
        var (schedule, enqueued) = await sessions.WriteAsync(session => ChangeAsync(session, id, change), cancellationToken, alone: true).ConfigureAwait(false);
        if (enqueued)
        {
            signal.Set();
        }

        return schedule;
    }

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.WriteAsync(session => DeleteAsync(session, id), cancellationToken);

    private static async Task<Schedule> CreateAsync(StoreSession session, Func<DateTimeOffset, Schedule> create)
    {
        var now = (await Command(session, sql => sql.Now).ReadAsync(row => row.Instant(0)).ConfigureAwait(false))[0];
        var schedule = create(now);
        if (await RecurrenceWrites.InsertAsync(session, schedule.Recurrence, now).ConfigureAwait(false) is not { } recurrence)
        {
            throw new ArgumentException($"There is a recurrence {schedule.Id} already. Give each schedule an id of its own.", nameof(create));
        }

        await Command(session, sql => sql.Insert)
            .With("id", SqlType.Id, schedule.Id).With("account", SqlType.Id, schedule.AccountId).With("name", SqlType.Text, StoredText.Clean(schedule.Name, NameLength))
            .With("type", SqlType.Number, schedule.Type).With("enabled", SqlType.Flag, recurrence.Enabled)
            .With("created", SqlType.Instant, schedule.CreatedAt).With("updated", SqlType.Instant, schedule.UpdatedAt)
            .ExecuteAsync().ConfigureAwait(false);
        return (await FindAsync(session, schedule.Id).ConfigureAwait(false))!;
    }

    private async Task<(Schedule? Schedule, bool Enqueued)> ChangeAsync(
        StoreSession session, Guid id, Func<Schedule, DueRecurrence, DateTimeOffset, ScheduleChange?> change)
    {
        var (due, now) = await RecurrenceRows.LockAsync(session, id).ConfigureAwait(false);
        if (due is null || await FindAsync(session, id).ConfigureAwait(false) is not { } schedule)
        {
            return default;
        }

        if (change(schedule, due, now) is not { Schedule: var wanted, Pending: var pending })
        {
            return (schedule, false);
        }

        if (wanted.Id != id)
        {
            throw new ArgumentException($"The schedule {wanted.Id} was given where {id} is changed.", nameof(change));
        }

        // Account and age are what the row is; they don't change.
        var stored = await RecurrenceWrites.UpdateAsync(session, firings, due.Recurrence, wanted.Recurrence, pending, now).ConfigureAwait(false);
        await Command(session, sql => sql.Update)
            .With("name", SqlType.Text, StoredText.Clean(wanted.Name, NameLength)).With("type", SqlType.Number, wanted.Type)
            .With("enabled", SqlType.Flag, stored.Enabled).With("updated", SqlType.Instant, wanted.UpdatedAt).With("id", SqlType.Id, id)
            .ExecuteAsync().ConfigureAwait(false);
        return (await FindAsync(session, id).ConfigureAwait(false), pending is not null);
    }

    /// <remarks>The recurrence goes last: a delivery that disables its webhook takes off the target while it holds its execution.</remarks>
    private static async Task<bool> DeleteAsync(StoreSession session, Guid id)
    {
        var (due, _) = await RecurrenceRows.LockAsync(session, id).ConfigureAwait(false);
        if (due is null || await FindAsync(session, id).ConfigureAwait(false) is not { } schedule)
        {
            return false;
        }

        await Command(session, sql => sql.Lock).With("id", SqlType.Id, id).ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        await session.Command(ExecutionSql.For(session.Dialect).RemoveOf).With("schedule", SqlType.Id, id).With("account", SqlType.Id, schedule.AccountId)
            .ExecuteAsync().ConfigureAwait(false);
        await Command(session, sql => sql.DeleteWebhooks).With("schedule", SqlType.Id, id).ExecuteAsync().ConfigureAwait(false);
        await Command(session, sql => sql.Delete).With("id", SqlType.Id, id).ExecuteAsync().ConfigureAwait(false);
        return await RecurrenceWrites.DeleteAsync(session, id).ConfigureAwait(false);
    }

    private static async Task<Schedule?> FindAsync(StoreSession session, Guid id) =>
        (await Command(session, sql => sql.Find).With("id", SqlType.Id, id).ReadAsync(ScheduleRow.Read).ConfigureAwait(false)).FirstOrDefault();

    private static SqlCommand Command(StoreSession session, Func<ScheduleSql, string> statement) => session.Command(statement(ScheduleSql.For(session.Dialect)));
}
