using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs;

/// <summary>Holds a job and what belongs to its current claim. Only <see cref="JobTable"/> replaces the job, because indexes hang on it.</summary>
internal sealed class JobRow(Job job)
{
    public Job Job { get; set; } = job;

    /// <summary>Gets or sets whether the attempt of the current claim was started.</summary>
    public bool Started { get; set; }

    /// <summary>Gets or sets whether the row is among those that are due.</summary>
    public bool IsDue { get; set; }

    /// <summary>Gets or sets what the latest attempt reported.</summary>
    public JobJournalEntry? Journal { get; set; }

    public bool IsSuspect => Job.LeasesLost > 0;

    public bool IsUnfinished => Job.State is JobState.Queued or JobState.Running;

    public bool EndedBadly => !IsUnfinished && Job.State != JobState.Succeeded;

    public bool Bears(JobLease lease) => Job.State == JobState.Running && Job.LeaseToken == lease.Token;
}
