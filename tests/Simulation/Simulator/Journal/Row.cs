namespace Switchyard.Simulation.Journal;

/// <summary>A job's row as the store showed it, in terms of the journal.</summary>
internal sealed record Row
{
    public required RowState State { get; init; }

    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    public required long Token { get; init; }

    public required string? Owner { get; init; }

    /// <summary>Gets when the lease runs out, in the store's time.</summary>
    public required TimeSpan? LeaseEnds { get; init; }

    /// <summary>Gets when the job is due, in the store's time.</summary>
    public required TimeSpan DueAt { get; init; }

    public required bool CancelRequested { get; init; }

    public required TimeSpan? FinishedAt { get; init; }

    public required string Kind { get; init; }

    public required string Payload { get; init; }

    public required int Priority { get; init; }

    public required string? DedupeKey { get; init; }

    /// <summary>Gets until when the dedupe key is taken at least, in the store's time.</summary>
    public required TimeSpan? KeyTakenUntil { get; init; }

    public required int Root { get; init; }

    public required int? Parent { get; init; }

    public required string? FollowUpKind { get; init; }

    public required string? Result { get; init; }

    public bool IsFinished => State is not (RowState.Queued or RowState.Running);
}

/// <summary>Where a job stands.</summary>
internal enum RowState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    DeadLetter,
    Cancelled,
}
