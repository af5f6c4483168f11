using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Reads executions out of the results of <see cref="ExecutionSql"/>, and makes what is stored of them.</summary>
internal static class ExecutionRow
{
    public const string Columns =
        "id, root_id, attempt, schedule_id, webhook_id, cause, outcome, scheduled_at, created_at, not_before, started_at, finished_at, worker_id, error, status_code";

    /// <summary>The columns that lists leave out.</summary>
    public const string Content = "answer_headers, answer_body";

    public const string LostError = "The worker was lost before it reported what came of the request.";
    public const int BodyLength = 65_536;
    private const int ColumnCount = 15;

    /// <summary>Reads <see cref="Columns"/> from an ordinal on.</summary>
    public static Execution Read(SqlReader row, int first)
    {
        var started = row.InstantOrNull(first + 10);
        return new Execution
        {
            Id = row.Id(first),
            RootId = row.Id(first + 1),
            Attempt = row.Integer(first + 2),
            ScheduleId = row.Id(first + 3),
            WebhookId = row.IdOrNull(first + 4),
            Trigger = (ExecutionTrigger)row.Integer(first + 5),
            Status = StatusOf(row.IntegerOrNull(first + 6), started),
            ScheduledAt = row.Instant(first + 7),
            CreatedAt = row.Instant(first + 8),
            NotBefore = row.InstantOrNull(first + 9),
            StartedAt = started,
            FinishedAt = row.InstantOrNull(first + 11),
            WorkerId = row.TextOrNull(first + 12),
            Error = row.TextOrNull(first + 13),
            Answer = row.IntegerOrNull(first + 14) is { } code ? new DeliveryAnswer(code, null, null) : null,
        };
    }

    public static Execution Read(SqlReader row) => Read(row, 0);

    /// <summary>Reads <see cref="Columns"/> and <see cref="Content"/>.</summary>
    public static Execution ReadWhole(SqlReader row) => Read(row) is { Answer: { } answer } execution
        ? execution with { Answer = answer with { Headers = row.TextOrNull(ColumnCount), Body = row.TextOrNull(ColumnCount + 1) } }
        : Read(row);

    public static bool IsEnded(this Execution execution) => execution.Status >= ExecutionStatus.Success;

    /// <summary>Makes the attempt that follows another.</summary>
    public static Execution Next(this Execution last, DateTimeOffset at, DateTimeOffset? due) => new()
    {
        Id = ExecutionIds.Attempt(last.RootId, last.Attempt + 1),
        RootId = last.RootId,
        Attempt = last.Attempt + 1,
        ScheduleId = last.ScheduleId,
        WebhookId = last.WebhookId,
        Trigger = last.Trigger,
        ScheduledAt = last.ScheduledAt,
        CreatedAt = Cut(at),
        NotBefore = due is { } instant ? Cut(instant) : null,
    };

    /// <summary>Cuts an instant to what both databases keep.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Gets when an execution began; of one that runs that is never unknown.</summary>
    public static DateTimeOffset? StartOf(Execution execution) => execution.Status switch
    {
        ExecutionStatus.Queued => null,
        ExecutionStatus.Running => execution.StartedAt ?? execution.CreatedAt,
        _ => execution.StartedAt,
    };

    /// <summary>Gets when an execution ended. Whatever the clocks say, that isn't before it began.</summary>
    public static DateTimeOffset? EndOf(Execution execution)
    {
        var end = execution.FinishedAt ?? execution.CreatedAt;
        return !execution.IsEnded() ? null : execution.StartedAt > end ? execution.StartedAt : end;
    }

    private static ExecutionStatus StatusOf(int? outcome, DateTimeOffset? started) =>
        outcome is { } ended ? (ExecutionStatus)ended : started is null ? ExecutionStatus.Queued : ExecutionStatus.Running;
}
