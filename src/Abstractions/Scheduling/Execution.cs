namespace Switchyard.Scheduling;

/// <summary>Represents one attempt to deliver one firing to one webhook: a row per attempt (contract 5).</summary>
public sealed record Execution
{
    /// <summary>Gets the id; of a first attempt, the same as <see cref="RootId"/>, of others, <see cref="ExecutionIds.Attempt"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the identity that all attempts share, and that a delivery bears as <c>webhook-id</c>.</summary>
    public required Guid RootId { get; init; }

    /// <summary>Gets the number of the attempt, from 1. (<see cref="RootId"/>, attempt) is unique.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets the schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>Gets the webhook; <see langword="null"/> where the schedule had none when it fired.</summary>
    public Guid? WebhookId { get; init; }

    /// <summary>Gets what brought it about.</summary>
    public ExecutionTrigger Trigger { get; init; }

    /// <summary>Gets where it stands.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>Gets the nominal instant of the occurrence, or when it was run by hand.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>Gets when it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the instant before which it isn't sent: of a retry, when it is due.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets when its request began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets the worker that sent it.</summary>
    public string? WorkerId { get; init; }

    /// <summary>Gets what came of the request, where there was one.</summary>
    public DeliveryAnswer? Answer { get; init; }

    /// <summary>Gets why it didn't succeed, in words for the owner; no secrets.</summary>
    public string? Error { get; init; }
}
