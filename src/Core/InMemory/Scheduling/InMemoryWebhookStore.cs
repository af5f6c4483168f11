using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps webhooks in the memory of this process.</summary>
internal sealed class InMemoryWebhookStore(InMemoryDatabase database, SchedulingTables tables) : IWebhookStore
{
    /// <inheritdoc/>
    public Task<bool> CreateAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return database.ReadAsync(
            _ =>
            {
                if (!tables.Schedules.ContainsKey(webhook.ScheduleId))
                {
                    return false;
                }

                if (tables.Webhooks.ContainsKey(webhook.Id))
                {
                    throw new ArgumentException($"There is a webhook {webhook.Id} already. Give each one an id of its own.", nameof(webhook));
                }

                tables.Put(Stored(webhook));
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WebhookWithSchedule?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ => tables.Webhooks.TryGetValue(id, out var webhook) ? new WebhookWithSchedule(webhook, tables.FindSchedule(webhook.ScheduleId)!) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Webhook>> ListAsync(Guid scheduleId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Webhook>>(_ => [.. tables.WebhooksOf(scheduleId)], cancellationToken);

    /// <inheritdoc/>
    public Task<Webhook?> ChangeAsync(Guid id, Func<Webhook, Webhook?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.ReadAsync(
            _ =>
            {
                if (!tables.Webhooks.TryGetValue(id, out var webhook) || change(webhook) is not { } changed)
                {
                    return webhook;
                }

                // Id, schedule and age are what the row is; they don't change.
                tables.Put(Stored(changed with { Id = id, ScheduleId = webhook.ScheduleId, CreatedAt = webhook.CreatedAt }));
                return tables.Webhooks[id];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ =>
            {
                if (!tables.Webhooks.TryGetValue(id, out var webhook))
                {
                    return false;
                }

                tables.RemoveWebhook(webhook);
                return true;
            },
            cancellationToken);

    private static Webhook Stored(Webhook webhook) => webhook with
    {
        Timeout = TimeSpan.FromMicroseconds(webhook.Timeout.Ticks / TimeSpan.TicksPerMicrosecond),
        OldSecretUntil = Cut(webhook.OldSecretUntil), DisabledAt = Cut(webhook.DisabledAt),
        CreatedAt = InMemoryDatabase.WholeMicroseconds(webhook.CreatedAt), UpdatedAt = InMemoryDatabase.WholeMicroseconds(webhook.UpdatedAt),
    };

    private static DateTimeOffset? Cut(DateTimeOffset? instant) => instant is { } at ? InMemoryDatabase.WholeMicroseconds(at) : null;
}
