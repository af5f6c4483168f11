namespace Switchyard.Scheduling.Firing;

/// <summary>Makes the executions of a firing.</summary>
internal static class Firings
{
    public const string NoWebhook = "The job has no enabled webhook to deliver to.";

    /// <summary>Makes the first attempt of a firing for a webhook.</summary>
    public static Execution Queued(Guid root, Guid schedule, Guid webhook, ExecutionTrigger trigger, DateTimeOffset scheduledAt, DateTimeOffset now) => new()
    {
        Id = root,
        RootId = root,
        ScheduleId = schedule,
        WebhookId = webhook,
        Trigger = trigger,
        Status = ExecutionStatus.Queued,
        ScheduledAt = scheduledAt,
        CreatedAt = now,
    };

    /// <summary>Makes the record of a firing that has nobody to be delivered to.</summary>
    public static Execution Undeliverable(Guid root, Guid schedule, ExecutionTrigger trigger, DateTimeOffset scheduledAt, DateTimeOffset now) => new()
    {
        Id = root,
        RootId = root,
        ScheduleId = schedule,
        Trigger = trigger,
        Status = ExecutionStatus.Failure,
        ScheduledAt = scheduledAt,
        CreatedAt = now,
        FinishedAt = now,
        Error = NoWebhook,
    };
}
