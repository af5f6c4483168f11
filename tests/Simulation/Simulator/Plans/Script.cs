namespace Switchyard.Simulation.Plans;

/// <summary>A job of a history: what is asked for, and what its handler does in each attempt.</summary>
internal sealed record Script
{
    public required int Number { get; init; }

    public required string Kind { get; init; }

    public int Priority { get; init; }

    public TimeSpan Delay { get; init; }

    public int MaxAttempts { get; init; } = 5;

    public TimeSpan? Timeout { get; init; }

    public string? DedupeKey { get; init; }

    public TimeSpan? DedupeFor { get; init; }

    public string? ConcurrencyKey { get; init; }

    /// <summary>Gets the script of the follow-up on failure.</summary>
    public int? FollowUp { get; init; }

    /// <summary>Gets what each attempt does; the last holds for those that follow.</summary>
    public required IReadOnlyList<Act> Acts { get; init; }

    public Act ActOf(int attempt) => Acts[Math.Min(attempt, Acts.Count) - 1];
}

/// <summary>What a handler does in one attempt.</summary>
/// <param name="Ending">How it ends.</param>
/// <param name="Work">How long it takes before.</param>
/// <param name="Wait">The wait that it asks for, where it retries after.</param>
/// <param name="Continuations">The scripts of the jobs that it returns as effects.</param>
internal sealed record Act(Ending Ending, TimeSpan Work, TimeSpan Wait, IReadOnlyList<int> Continuations);

/// <summary>How an attempt ends.</summary>
internal enum Ending
{
    Succeed,
    Fail,
    Retry,
    RetryAfter,
    Throw,
    ThrowAtOnce,

    /// <summary>Waits until it is cancelled.</summary>
    Hang,

    /// <summary>Succeeds after its time, whatever its token says.</summary>
    IgnoreToken,

    /// <summary>Returns an effect that no store knows.</summary>
    UnknownEffect,
}
