using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps the rows of scheduling. Whoever uses them holds the gate of the <see cref="InMemoryDatabase"/>.</summary>
internal sealed class SchedulingTables(InMemoryDatabase database)
{
    public Dictionary<Guid, Account> Accounts { get; } = [];

    public Dictionary<Guid, ScheduleRow> Schedules { get; } = [];

    public Dictionary<Guid, Webhook> Webhooks { get; } = [];

    public ExecutionTable Executions { get; } = new();

    /// <summary>Gets who replayed what.</summary>
    public List<ReplayAudit> Audit { get; } = [];

    public Schedule? FindSchedule(Guid id) =>
        Schedules.TryGetValue(id, out var row) && database.Recurrences.TryGet(id, out var recurring) ? row.With(recurring.Recurrence) : null;

    public IEnumerable<Webhook> WebhooksOf(Guid schedule) =>
        Webhooks.Values.Where(webhook => webhook.ScheduleId == schedule).OrderBy(webhook => webhook.CreatedAt).ThenBy(webhook => webhook.Id);

    /// <summary>Stores a webhook; the recurrence fires for those that aren't disabled.</summary>
    public void Put(Webhook webhook)
    {
        Webhooks[webhook.Id] = webhook;
        if (database.Recurrences.TryGet(webhook.ScheduleId, out var row))
        {
            if (webhook.DisabledAt is null)
            {
                row.Targets[webhook.Id] = webhook.CreatedAt;
            }
            else
            {
                row.Targets.Remove(webhook.Id);
            }
        }
    }

    public void RemoveWebhook(Webhook webhook)
    {
        Webhooks.Remove(webhook.Id);
        if (database.Recurrences.TryGet(webhook.ScheduleId, out var row))
        {
            row.Targets.Remove(webhook.Id);
        }
    }
}

/// <summary>Represents a schedule without its recurrence.</summary>
internal sealed record ScheduleRow(Guid AccountId, string Name, int Type, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public Schedule With(Recurrence recurrence) => new()
    {
        AccountId = AccountId, Name = Name, Type = Type, Recurrence = recurrence, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt,
    };
}

/// <summary>Represents who replayed what.</summary>
internal sealed record ReplayAudit(Guid? ScheduleId, Guid? ExecutionId, string Subject, DateTimeOffset At, int Replayed, long Matched);
