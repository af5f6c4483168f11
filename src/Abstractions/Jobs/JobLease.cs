namespace Switchyard.Jobs;

/// <summary>Represents the right to write a job's outcome: a fence that a later claim raises.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Token">The fencing token, raised by every claim and whenever a lost lease is taken back.</param>
public readonly record struct JobLease(JobId JobId, long Token);
