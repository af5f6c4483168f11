using Microsoft.EntityFrameworkCore;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Recurring;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores webhooks in the database of a context; those that aren't disabled are the targets of their schedule's recurrence.</summary>
internal sealed class EfWebhookStore<TContext>(StoreSessions<TContext> sessions) : IWebhookStore
    where TContext : DbContext
{
    public Task<bool> CreateAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return sessions.WriteAsync(
            async session =>
            {
                await RecurrenceRows.LockAsync(session, webhook.ScheduleId).ConfigureAwait(false);
                if ((await ExecutionWrites.KeepSchedulesAsync(session, [webhook.ScheduleId]).ConfigureAwait(false)).Count == 0)
                {
                    return false;
                }

                if (await Command(session, sql => sql.InsertWebhook).With(webhook).ExecuteAsync().ConfigureAwait(false) == 0)
                {
                    throw new ArgumentException($"There is a webhook {webhook.Id} already. Give each one an id of its own.", nameof(webhook));
                }

                await SetTargetAsync(session, webhook).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public Task<WebhookWithSchedule?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.StatementAsync(
            async session => (await Command(session, sql => sql.FindWebhook).With("id", SqlType.Id, id)
                .ReadAsync(row => new WebhookWithSchedule(WebhookRow.Read(row, ScheduleRow.ColumnCount)!, ScheduleRow.Read(row))).ConfigureAwait(false)).FirstOrDefault(),
            cancellationToken);

    public Task<IReadOnlyList<Webhook>> ListAsync(Guid scheduleId, CancellationToken cancellationToken) =>
        sessions.StatementAsync<IReadOnlyList<Webhook>>(
            async session => await Command(session, sql => sql.ListWebhooks).With("schedule", SqlType.Id, scheduleId).ReadAsync(Read).ConfigureAwait(false),
            cancellationToken);

    public Task<Webhook?> ChangeAsync(Guid id, Func<Webhook, Webhook?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return sessions.WriteAsync(
            async session =>
            {
                var webhook = await LockAsync(session, id).ConfigureAwait(false);
                if (webhook is null || change(webhook) is not { } wanted)
                {
                    return webhook;
                }

                // Id, schedule and age are what the row is; they don't change.
                var changed = wanted with { Id = id, ScheduleId = webhook.ScheduleId, CreatedAt = webhook.CreatedAt };
                await Command(session, sql => sql.UpdateWebhook).With(changed).ExecuteAsync().ConfigureAwait(false);
                await SetTargetAsync(session, changed).ConfigureAwait(false);
                return await ReadLockedAsync(session, id).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.WriteAsync(
            async session =>
            {
                if (await LockAsync(session, id).ConfigureAwait(false) is not { } webhook)
                {
                    return false;
                }

                await Command(session, sql => sql.DeleteWebhook).With("id", SqlType.Id, id).ExecuteAsync().ConfigureAwait(false);
                await RecurrenceWrites.RemoveTargetAsync(session, webhook.ScheduleId, id).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>Locks the recurrence and then the webhook, in the order of everybody else.</summary>
    private static async Task<Webhook?> LockAsync(StoreSession session, Guid id)
    {
        var schedules = await Command(session, sql => sql.ScheduleOfWebhook).With("id", SqlType.Id, id).ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        if (schedules is not [var schedule])
        {
            return null;
        }

        await RecurrenceRows.LockAsync(session, schedule).ConfigureAwait(false);
        return await ReadLockedAsync(session, id).ConfigureAwait(false);
    }

    private static async Task<Webhook?> ReadLockedAsync(StoreSession session, Guid id) =>
        (await Command(session, sql => sql.LockWebhook).With("id", SqlType.Id, id).ReadAsync(Read).ConfigureAwait(false)).FirstOrDefault();

    private static Task<bool> SetTargetAsync(StoreSession session, Webhook webhook) => webhook.DisabledAt is null
        ? RecurrenceWrites.AddTargetAsync(session, webhook.ScheduleId, webhook.Id, webhook.CreatedAt)
        : RecurrenceWrites.RemoveTargetAsync(session, webhook.ScheduleId, webhook.Id);

    private static Webhook Read(SqlReader row) => WebhookRow.Read(row, 0)!;

    private static SqlCommand Command(StoreSession session, Func<ScheduleSql, string> statement) => session.Command(statement(ScheduleSql.For(session.Dialect)));
}
