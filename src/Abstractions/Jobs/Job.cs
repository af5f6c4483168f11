namespace Switchyard.Jobs;

/// <summary>Represents a job as it is stored.</summary>
public sealed record Job
{
    /// <summary>Gets the id.</summary>
    public required JobId Id { get; init; }

    /// <summary>Gets the kind, which names the handler.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the payload, a JSON text.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets where the job stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Gets the priority; higher numbers are claimed first.</summary>
    public int Priority { get; init; }

    /// <summary>Gets when the job is due, or was last.</summary>
    public required DateTimeOffset AvailableAt { get; init; }

    /// <summary>Gets how many attempts were started and not taken back by an orderly release.</summary>
    public int Attempt { get; init; }

    /// <summary>Gets how many attempts may be started.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Gets the time limit of one attempt.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the name of the worker that holds the lease.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Gets the current fencing token.</summary>
    public long LeaseToken { get; init; }

    /// <summary>Gets when the lease ends unless it is renewed.</summary>
    public DateTimeOffset? LeaseExpiresAt { get; init; }

    /// <summary>Gets how many leases were lost in a row.</summary>
    public int LeasesLost { get; init; }

    /// <summary>Gets whether somebody asked to cancel the job while it was running.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Gets the key that at most one unfinished job of this kind may bear.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Gets the key that concurrency limits count by.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>Gets the first job of the chain; the job's own id where it is the first.</summary>
    public required JobId RootId { get; init; }

    /// <summary>Gets the job that this one continues or replays.</summary>
    public JobId? ParentId { get; init; }

    /// <summary>Gets the W3C <c>traceparent</c> of the enqueuer.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Gets what is enqueued when the job ends in any way but success.</summary>
    public JobFollowUp? OnFailure { get; init; }

    /// <summary>Gets what the handler left as its result, a JSON text.</summary>
    public string? Result { get; init; }

    /// <summary>Gets why the last attempt that failed did so.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets what kind of error that was: see <see cref="JobErrorTypes"/>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets until when the dedupe key stays taken, even when the job has ended by then.</summary>
    public DateTimeOffset? DedupeUntil { get; init; }

    /// <summary>Gets when the job was enqueued.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the job ended; set once.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
