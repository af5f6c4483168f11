namespace Switchyard.Scheduling;

/// <summary>Represents a request to replay the firings of a schedule whose last attempt ended without success.</summary>
public sealed record ReplayMany
{
    /// <summary>Gets the schedule. Required.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Gets how the last attempt ended: <see cref="ExecutionStatus.Failure"/>, <see cref="ExecutionStatus.TimedOut"/> or <see cref="ExecutionStatus.DeadLetter"/>; <see langword="null"/> for any of them.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Gets the first instant of the firings; <see langword="null"/> for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the last instant of the firings; <see langword="null"/> for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets how many to replay at the most, from 1 up to <see cref="SchedulingOptions.ReplayLimit"/>; <see langword="null"/> means as many as that.</summary>
    public int? Limit { get; init; }
}
