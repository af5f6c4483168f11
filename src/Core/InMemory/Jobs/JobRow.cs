using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Holds a job and whether the attempt of its current claim was started.</summary>
internal sealed class JobRow(Job job)
{
    public Job Job { get; set; } = job;

    public bool Started { get; set; }

    public bool IsSuspect => Job.LeasesLost > 0;

    public bool Bears(JobLease lease) => Job.State == JobState.Running && Job.LeaseToken == lease.Token;
}
