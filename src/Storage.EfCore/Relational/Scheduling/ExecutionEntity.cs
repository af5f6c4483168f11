namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Represents the row of an execution.</summary>
internal sealed class ExecutionEntity
{
    public Guid Id { get; set; }

    public Guid RootId { get; set; }

    public int Attempt { get; set; }

    public Guid ScheduleId { get; set; }

    public Guid? WebhookId { get; set; }

    /// <summary>Gets or sets the number of its <see cref="Switchyard.Scheduling.ExecutionTrigger"/>.</summary>
    public int Cause { get; set; }

    /// <summary>Gets or sets the number of the status that it ended with; <see langword="null"/> while it is queued or, once it has begun, running.</summary>
    /// <remarks>That it runs is told by <see cref="StartedAt"/>: the beginning changes no index (decision 25).</remarks>
    public int? Outcome { get; set; }

    public DateTimeOffset ScheduledAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? WorkerId { get; set; }

    public int? StatusCode { get; set; }

    public string? AnswerHeaders { get; set; }

    public string? AnswerBody { get; set; }

    public string? Error { get; set; }
}

/// <summary>Represents a change to the number of an account's ended executions of a status. Rows are only ever added; the sum is the number.</summary>
internal sealed class ExecutionTallyEntity
{
    public long Id { get; set; }

    public Guid AccountId { get; set; }

    public int Status { get; set; }

    public long Count { get; set; }

    /// <summary>Gets or sets how many of the successful ones had begun, so that they have a duration.</summary>
    public long Timed { get; set; }

    public long DurationMicroseconds { get; set; }
}

/// <summary>Represents who replayed what.</summary>
internal sealed class SchedulingAuditEntity
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public string Subject { get; set; } = "";

    public Guid ScheduleId { get; set; }

    /// <summary>Gets or sets the one execution that was asked for; the columns that follow are of a filter.</summary>
    public Guid? ExecutionId { get; set; }

    public int? Status { get; set; }

    public DateTimeOffset? FromAt { get; set; }

    public DateTimeOffset? ToAt { get; set; }

    public int Replayed { get; set; }

    public long Matched { get; set; }
}
