namespace Switchyard.Jobs;

/// <summary>Describes the attempt that a handler runs.</summary>
public sealed record JobContext
{
    /// <summary>Gets the lease; its token is a fence that rises with every attempt, fit for systems that can compare one.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>Gets the job's id.</summary>
    public JobId JobId => Lease.JobId;

    /// <summary>Gets the first job of the chain.</summary>
    public required JobId RootId { get; init; }

    /// <summary>Gets the number of this attempt, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets how many attempts may be started.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Gets where the handler reports how far it is, and what it did.</summary>
    /// <value>The default value reports to nobody.</value>
    public IJobProgress Progress { get; init; } = JobProgress.None;

    /// <summary>Gets whether no attempt follows this one.</summary>
    public bool IsLastAttempt => Attempt >= MaxAttempts;
}
