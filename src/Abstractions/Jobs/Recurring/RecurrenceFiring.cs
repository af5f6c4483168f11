namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what becomes of a due recurrence: outcomes, what they bring about, and the next instant, all stored in one transaction.</summary>
public sealed record RecurrenceFiring
{
    /// <summary>Gets the recurrence.</summary>
    public required Guid RecurrenceId { get; init; }

    /// <summary>Gets the next nominal instant without an outcome; <see langword="null"/> where there is none.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>Gets when to look at it again, where that isn't <see cref="NextAt"/>: an occurrence is buffered, or the definition can't be read.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>Gets when it last fired; <see langword="null"/> leaves what is stored.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Gets the rows for the ledger, in order. One whose (recurrence, first instant) is there already is left out, without its effects.</summary>
    public required IReadOnlyList<PlannedOccurrence> Occurrences { get; init; }
}

/// <summary>Represents a row for the ledger with what it brings about.</summary>
/// <param name="Occurrence">The row.</param>
/// <param name="Effects">What is applied with it: jobs to enqueue, and records of the feature.</param>
public sealed record PlannedOccurrence(Occurrence Occurrence, IReadOnlyList<JobEffect> Effects);
