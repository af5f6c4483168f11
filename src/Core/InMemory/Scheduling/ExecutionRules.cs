using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Says what executions are, and makes them storable.</summary>
internal static class ExecutionRules
{
    public const string LostError = "The worker was lost before it reported what came of the request.";
    private const int BodyLength = 65_536;
    private const int ErrorLength = 8_192;

    public static bool IsEnded(this Execution execution) => execution.Status >= ExecutionStatus.Success;

    public static bool CanBeReplayed(this Execution execution) => execution.Status >= ExecutionStatus.Failure;

    /// <summary>Makes an execution whose times are those of its status, as the databases keep them.</summary>
    public static Execution Stored(this Execution execution)
    {
        var created = InMemoryDatabase.WholeMicroseconds(execution.CreatedAt);
        var started = execution.Status switch
        {
            ExecutionStatus.Queued => null,
            ExecutionStatus.Running => Cut(execution.StartedAt) ?? created,
            _ => Cut(execution.StartedAt),
        };
        return execution with
        {
            ScheduledAt = InMemoryDatabase.WholeMicroseconds(execution.ScheduledAt), CreatedAt = created, NotBefore = Cut(execution.NotBefore),
            StartedAt = started, FinishedAt = execution.IsEnded() ? NotBefore(started, Cut(execution.FinishedAt) ?? created) : null,
            Answer = Cut(execution.Answer), Error = Cut(execution.Error, ErrorLength),
        };
    }

    /// <summary>Ends an execution. Whatever the clocks say, it doesn't end before it began.</summary>
    public static Execution Ended(this Execution execution, ExecutionStatus status, DateTimeOffset at, DeliveryAnswer? answer, string? error) => execution with
    {
        Status = status, FinishedAt = NotBefore(execution.StartedAt, InMemoryDatabase.WholeMicroseconds(at)), Answer = Cut(answer), Error = Cut(error, ErrorLength),
    };

    /// <summary>Makes the attempt that follows another.</summary>
    public static Execution Next(this Execution last, DateTimeOffset at, DateTimeOffset? due) => new()
    {
        Id = ExecutionIds.Attempt(last.RootId, last.Attempt + 1), RootId = last.RootId, Attempt = last.Attempt + 1, ScheduleId = last.ScheduleId,
        WebhookId = last.WebhookId, Trigger = last.Trigger, ScheduledAt = last.ScheduledAt,
        CreatedAt = InMemoryDatabase.WholeMicroseconds(at), NotBefore = Cut(due),
    };

    private static DateTimeOffset NotBefore(DateTimeOffset? started, DateTimeOffset at) => started > at ? started.Value : at;

    private static DateTimeOffset? Cut(DateTimeOffset? instant) => instant is { } at ? InMemoryDatabase.WholeMicroseconds(at) : null;

    private static DeliveryAnswer? Cut(DeliveryAnswer? answer) => answer is null ? null : answer with { Body = Cut(answer.Body, BodyLength) };

    private static string? Cut(string? text, int atMost) => text is { Length: var length } && length > atMost ? text[..atMost] : text;
}
