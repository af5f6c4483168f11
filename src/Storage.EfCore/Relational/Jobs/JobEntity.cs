namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Represents the row of a job: the shape that migrations make and <see cref="JobSql"/> reads and writes.</summary>
internal sealed class JobEntity
{
    public Guid Id { get; set; }

    public string Kind { get; set; } = "";

    public string Payload { get; set; } = "";

    public int State { get; set; }

    public int Priority { get; set; }

    public DateTimeOffset AvailableAt { get; set; }

    public int Attempt { get; set; }

    public int MaxAttempts { get; set; }

    public long? TimeoutMicroseconds { get; set; }

    public string? LeaseOwner { get; set; }

    public long LeaseToken { get; set; }

    public DateTimeOffset? LeaseExpiresAt { get; set; }

    public bool Started { get; set; }

    public int LeasesLost { get; set; }

    public bool CancelRequested { get; set; }

    public string? DedupeKey { get; set; }

    public string? ConcurrencyKey { get; set; }

    public Guid RootId { get; set; }

    public Guid? ParentId { get; set; }

    public string? Traceparent { get; set; }

    public string? OnFailureKind { get; set; }

    public string? OnFailurePayload { get; set; }

    public string? Result { get; set; }

    public string? LastError { get; set; }

    public string? ErrorType { get; set; }

    public DateTimeOffset? DedupeUntil { get; set; }

    /// <summary>Until when this row keeps its key from others once the job has ended; cleared when that has passed, or another takes it over.</summary>
    public DateTimeOffset? KeyHeldUntil { get; set; }

    /// <summary>The ended job on whose behalf it does; a replay takes the key over from the job that it replays.</summary>
    public Guid? KeyHeldBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}
