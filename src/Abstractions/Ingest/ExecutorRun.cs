namespace Switchyard.Ingest;

/// <summary>Describes the run that an executor processes.</summary>
public sealed record ExecutorRun
{
    /// <summary>Gets the run.</summary>
    public required IngestRun Run { get; init; }

    /// <summary>Gets its job, with frozen files.</summary>
    public required IngestJob Job { get; init; }

    /// <summary>Gets the fence of this attempt.</summary>
    public required long Fence { get; init; }

    /// <summary>Gets how long the run may take from now.</summary>
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>Gets where to report counts so far, by resource; reports may be dropped.</summary>
    public required IProgress<IReadOnlyDictionary<string, RecordCounts>> Progress { get; init; }
}

/// <summary>Represents how many records of a resource went which way.</summary>
/// <param name="Processed">All records that were read, whatever became of them.</param>
/// <param name="Skipped">Those of them that hold nothing.</param>
/// <param name="Failed">Those of them that couldn't be loaded.</param>
public readonly record struct RecordCounts(long Processed, long Skipped, long Failed);
