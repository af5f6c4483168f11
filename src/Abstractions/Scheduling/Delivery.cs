namespace Switchyard.Scheduling;

/// <summary>Represents an attempt that has begun, with all that its request is made from.</summary>
/// <param name="Execution">The attempt, running.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Webhook">The webhook; <see langword="null"/> where it is gone.</param>
public sealed record Delivery(Execution Execution, Schedule Schedule, Webhook? Webhook);

/// <summary>Represents an attempt to begin.</summary>
/// <param name="RootId">The firing.</param>
/// <param name="Attempt">The number of the attempt. Unfinished earlier ones end as <see cref="ExecutionStatus.Failure"/>: their worker is lost.</param>
/// <param name="WorkerId">Who sends it, at most 255 characters.</param>
/// <param name="At">When it begins.</param>
public sealed record AttemptStart(Guid RootId, int Attempt, string WorkerId, DateTimeOffset At);
