namespace Switchyard.Jobs;

/// <summary>Represents a lease that is still held after a renewal.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="CancelRequested">Whether somebody asked to cancel the job.</param>
public readonly record struct LeaseRenewal(JobLease Lease, bool CancelRequested);
