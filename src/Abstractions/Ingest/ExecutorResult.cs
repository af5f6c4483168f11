namespace Switchyard.Ingest;

/// <summary>Represents what an executor made of a run: one of the nested records.</summary>
public abstract record ExecutorResult
{
    private ExecutorResult()
    {
    }

    /// <summary>Represents a run that has ended, well or not; no retry would change it.</summary>
    /// <param name="End">The end.</param>
    public sealed record Finished(IngestRunFinished End) : ExecutorResult;

    /// <summary>Represents a run that goes on elsewhere and is ended by a call back, or by its time limit.</summary>
    public sealed record Detached : ExecutorResult;

    /// <summary>Represents a failed attempt; another may help.</summary>
    /// <param name="Error">Why; it becomes the run's error when no attempt is left.</param>
    /// <param name="LogTail">The last of the executor's output.</param>
    public sealed record AttemptFailed(IngestRunError Error, string? LogTail = null) : ExecutorResult;
}
