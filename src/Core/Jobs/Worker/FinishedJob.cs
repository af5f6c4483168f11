using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>An outcome that waits to be written.</summary>
internal sealed class FinishedJob(RunningJob job, JobOutcome outcome)
{
    public RunningJob Job { get; } = job;

    public JobOutcome Outcome { get; private set; } = outcome;

    /// <summary>Gets how often the write of just this outcome failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Gets whether a call that failed may have written it all the same.</summary>
    public bool MayBeWritten { get; private set; }

    /// <summary>Gets or sets whether nothing is left to write of it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Notes that a call failed that this outcome was part of.</summary>
    public void Failed(bool alone)
    {
        MayBeWritten = true;
        Failures += alone ? 1 : 0;
    }

    /// <summary>Writes something plainer in place of an outcome that the store doesn't take.</summary>
    public void Replace(JobCompletion completion) => Outcome = new JobOutcome(completion);
}
