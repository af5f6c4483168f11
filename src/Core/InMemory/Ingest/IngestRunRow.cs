using Switchyard.Ingest;

namespace Switchyard.InMemory.Ingest;

/// <summary>Holds a run and what only its store knows of it.</summary>
internal sealed class IngestRunRow(IngestRun run, int order)
{
    public IngestRun Run { get; set; } = run;

    /// <summary>Gets the place of the run among all, in the order of their starts.</summary>
    public int Order { get; } = order;

    /// <summary>Gets or sets the fence whose attempt runs: its init token was used, or it needs none.</summary>
    public long? InitializedFence { get; set; }

    public DateTimeOffset? HandedOutAt { get; set; }

    /// <summary>Gets what was reported, by attempt.</summary>
    public HashSet<(long Fence, string Action, string State)> Statuses { get; } = [];

    /// <summary>Gets whether an executor that runs elsewhere may take the run.</summary>
    public bool Waits => !Run.IsFinished && Run.Fence > 0 && InitializedFence != Run.Fence;

    /// <summary>Ends the run under its fence, unless it has ended.</summary>
    public bool TryFinish(IngestRunFinished end)
    {
        if (Run.IsFinished || (end.Fence is { } fence && fence != Run.Fence))
        {
            return false;
        }

        Run = Run with
        {
            Status = end.Success ? IngestRunStatus.Success : IngestRunStatus.Error,
            FinishedAt = end.At,
            Engine = end.Engine ?? Run.Engine,
            Summary = end.Summary ?? Run.Summary,
            LogTail = end.LogTail ?? Run.LogTail,
            Errors = [.. Run.Errors, .. end.Errors],
            OutputFiles = end.OutputFiles ?? Run.OutputFiles,
        };
        return true;
    }
}
