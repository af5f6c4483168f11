namespace Switchyard.Scheduling;

/// <summary>Represents how far behind the firing of schedules is, over all nodes.</summary>
/// <param name="Due">How many recurrences are due and not fired, counted to 10,000 at the most.</param>
/// <param name="OldestDueAt">Since when the longest due one is; <see langword="null"/> where none is.</param>
/// <param name="Now">The store's clock.</param>
/// <param name="IsLate">Whether one that should have run did not, for longer than <see cref="SchedulingOptions.LateAfter"/>.</param>
public sealed record SchedulingHealth(int Due, DateTimeOffset? OldestDueAt, DateTimeOffset Now, bool IsLate)
{
    /// <summary>Gets when this process last looked for what is due, by its own clock; <see langword="null"/> where it hasn't yet, or doesn't.</summary>
    public DateTimeOffset? LastTickAt { get; init; }

    /// <summary>Gets how long that is ago.</summary>
    public TimeSpan? TickAge { get; init; }

    /// <summary>Gets how long the longest due one has been due; zero where none is.</summary>
    public TimeSpan Lag => OldestDueAt is { } oldest && oldest < Now ? Now - oldest : TimeSpan.Zero;
}
