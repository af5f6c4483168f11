using Switchyard.Jobs;

namespace Switchyard.Ingest;

/// <summary>Represents a run to be started, with everything that commits along with it.</summary>
public sealed record StartRun
{
    /// <summary>Gets the job.</summary>
    public required Guid JobUid { get; init; }

    /// <summary>Gets the new run's identifier.</summary>
    public required Guid RunUid { get; init; }

    /// <summary>Gets when the start was accepted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the frozen copies by file key; empty where the job's files are frozen already.</summary>
    public IReadOnlyList<FrozenFile> Frozen { get; init; } = [];

    /// <summary>Gets the kernel jobs that do the work.</summary>
    public required IReadOnlyList<JobRequest> Enqueue { get; init; }
}

/// <summary>Represents the frozen copy of an input file.</summary>
/// <param name="Key">The file's key.</param>
/// <param name="FrozenKey">The copy's key in the blob store.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record FrozenFile(string Key, string FrozenKey, long Size);

/// <summary>Represents what became of a start.</summary>
public enum StartRunOutcome
{
    /// <summary>Run, frozen files and kernel jobs are committed.</summary>
    Started = 0,

    /// <summary>The job has an unfinished run; nothing was stored.</summary>
    AlreadyRunning = 1,

    /// <summary>The files were frozen by another start meanwhile; nothing was stored. Read the job again and repeat.</summary>
    FilesChanged = 2,
}
