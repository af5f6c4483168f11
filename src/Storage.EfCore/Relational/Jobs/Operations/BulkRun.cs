using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Represents how far a change of many jobs has come, as of its last commit.</summary>
internal sealed record BulkRun
{
    /// <summary>Gets the last job of the last page.</summary>
    public JobId? Before { get; init; }

    /// <summary>Gets how many jobs were selected.</summary>
    public int Selected { get; init; }

    /// <summary>Gets how many of them were changed.</summary>
    public long Changed { get; init; }

    /// <summary>Gets whether every page was read.</summary>
    public bool Exhausted { get; init; }

    /// <summary>Gets the jobs that somebody else had locked when their batch was written.</summary>
    public JobId[] Missed { get; init; } = [];

    /// <summary>Gets whether the last step has enqueued anything.</summary>
    public bool Enqueued { get; init; }

    public bool IsDone => Exhausted && Missed.Length == 0;
}

/// <summary>Represents what became of one batch.</summary>
/// <param name="Changed">How many jobs were changed.</param>
/// <param name="Enqueued">Whether anything was enqueued.</param>
/// <param name="Missed">The jobs that somebody else had locked.</param>
internal sealed record BulkStep(int Changed, bool Enqueued, JobId[] Missed);
