namespace Switchyard.Scheduling;

/// <summary>Represents what became of one expected instant, and why.</summary>
public sealed record ExplainedInstant
{
    /// <summary>Gets the nominal instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what became of it.</summary>
    public required InstantOutcome Outcome { get; init; }

    /// <summary>Gets why, a sentence in plain English.</summary>
    public required string Why { get; init; }

    /// <summary>Gets the later instant that fired for it; of <see cref="InstantOutcome.Coalesced"/> alone, and where it is known.</summary>
    public DateTimeOffset? CoalescedInto { get; init; }

    /// <summary>Gets when it was decided, by the store's clock; <see langword="null"/> where nothing is recorded.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Gets the executions that it brought about, by webhook and attempt, without bodies and headers of answers.</summary>
    public IReadOnlyList<Execution> Executions { get; init; } = [];
}

/// <summary>Represents what became of an expected instant.</summary>
public enum InstantOutcome
{
    /// <summary>It fired.</summary>
    Fired,

    /// <summary>It was missed, and a later one fired for it.</summary>
    Coalesced,

    /// <summary>It was missed, and the misfire policy or the catch-up window left it out.</summary>
    SkippedMisfire,

    /// <summary>It was skipped because the deliveries of an earlier one were unfinished.</summary>
    SkippedOverlap,

    /// <summary>It was due, but the schedule was disabled or changed before it fired.</summary>
    SkippedDisabled,

    /// <summary>It is yet to come.</summary>
    Upcoming,

    /// <summary>It is due, and nothing is recorded yet: it is late, or it waits for the end of an earlier one.</summary>
    Overdue,

    /// <summary>The schedule was disabled then.</summary>
    Disabled,

    /// <summary>The schedule didn't exist then.</summary>
    BeforeCreation,

    /// <summary>What became of it is older than what is kept.</summary>
    NoLongerRecorded,
}
