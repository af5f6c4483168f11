using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps the rows of scheduling. Whoever uses them holds the gate of the <see cref="InMemoryDatabase"/>.</summary>
internal sealed class SchedulingTables
{
    public Dictionary<Guid, Account> Accounts { get; } = [];

    public Dictionary<Guid, ScheduleRow> Schedules { get; } = [];

    public Dictionary<Guid, Recurrence> Recurrences { get; } = [];

    public Dictionary<Guid, Webhook> Webhooks { get; } = [];

    public ExecutionTable Executions { get; } = new();

    /// <summary>Gets who replayed what.</summary>
    public List<ReplayAudit> Audit { get; } = [];

    public Schedule? FindSchedule(Guid id) =>
        Schedules.TryGetValue(id, out var row) ? row.With(Recurrences[id]) : null;

    public IEnumerable<Webhook> WebhooksOf(Guid schedule) =>
        Webhooks.Values.Where(webhook => webhook.ScheduleId == schedule).OrderBy(webhook => webhook.CreatedAt).ThenBy(webhook => webhook.Id);

    /// <summary>Stores a webhook; the recurrence fires for those that aren't disabled.</summary>
    public void Put(Webhook webhook) => Webhooks[webhook.Id] = webhook;

    public void RemoveWebhook(Webhook webhook) => Webhooks.Remove(webhook.Id);
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
