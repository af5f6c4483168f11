namespace Switchyard.Jobs;

/// <summary>Represents a job that a worker has claimed.</summary>
public sealed record ClaimedJob
{
    /// <summary>Gets the lease, which every later write about this claim must show.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>Gets the kind, which names the handler.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the payload, a JSON text.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets the number of this attempt, counted from 1, whether it is started yet or not.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets how many attempts may be started.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Gets whether the claim started the attempt.</summary>
    public required bool Started { get; init; }

    /// <summary>Gets the time limit of one attempt.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the first job of the chain.</summary>
    public required JobId RootId { get; init; }

    /// <summary>Gets the W3C <c>traceparent</c> of the enqueuer.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Gets when the job was due.</summary>
    public required DateTimeOffset AvailableAt { get; init; }
}
