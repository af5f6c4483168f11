namespace Switchyard.Ingest;

/// <summary>Represents one run of a job.</summary>
public sealed record IngestRun
{
    /// <summary>Gets the identifier, a UUID.</summary>
    public required Guid Uid { get; init; }

    /// <summary>Gets the job's identifier.</summary>
    public required Guid JobUid { get; init; }

    /// <summary>Gets where the run stands.</summary>
    public required IngestRunStatus Status { get; init; }

    /// <summary>Gets when the start was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when an executor first began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when the run ended; set once.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets what loaded the run's data, such as <c>sqlite</c>.</summary>
    public string? Engine { get; init; }

    /// <summary>Gets the summary, a JSON text: counts by resource. While the run goes on, the counts so far.</summary>
    public string? Summary { get; init; }

    /// <summary>Gets what an executor said of students that it couldn't match, a JSON text.</summary>
    public string? UnmatchedIds { get; init; }

    /// <summary>Gets the last 64 KiB of the executor's output.</summary>
    public string? LogTail { get; init; }

    /// <summary>Gets the fence of the attempt that may report; 0 before the first.</summary>
    public long Fence { get; init; }

    /// <summary>Gets the errors, in the order of their arrival.</summary>
    public IReadOnlyList<IngestRunError> Errors { get; init; } = [];

    /// <summary>Gets the names of the files that the run left under <c>output/</c>.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];

    /// <summary>Gets whether the run has ended.</summary>
    public bool IsFinished => Status is IngestRunStatus.Success or IngestRunStatus.Error;
}
