namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what became of a due instant. Numbers are stored: they never change meaning.</summary>
public enum OccurrenceOutcome
{
    /// <summary>It fired: its effects were applied in the transaction that recorded it.</summary>
    Fired = 0,

    /// <summary>It was missed, and a later one fired for it.</summary>
    Coalesced = 1,

    /// <summary>It was missed, and the misfire policy, the catch-up window or the most that are caught up left it out.</summary>
    SkippedMisfire = 2,

    /// <summary>It was skipped because the work of an earlier one was unfinished.</summary>
    SkippedOverlap = 3,

    /// <summary>It was due, but the recurrence was disabled or changed before anybody fired it.</summary>
    SkippedDisabled = 4,
}
