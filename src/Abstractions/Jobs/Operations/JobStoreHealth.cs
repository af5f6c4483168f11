namespace Switchyard.Jobs.Operations;

/// <summary>Represents how the job store is doing.</summary>
/// <param name="OldestDueAge">How long the job that is due for the longest has waited, paused kinds aside; <see langword="null"/> where none is due.</param>
/// <param name="DeadLetters">How many dead letters there are.</param>
/// <param name="Suspects">How many unfinished jobs lost a lease in their last attempt: crash loops show here.</param>
public sealed record JobStoreHealth(TimeSpan? OldestDueAge, long DeadLetters, long Suspects);
