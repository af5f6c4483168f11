namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what became of one due instant, or of a run of coalesced or skipped ones: a row of the ledger.</summary>
/// <remarks>The ledger holds each (recurrence, <see cref="FirstAt"/>) once.</remarks>
public sealed record Occurrence
{
    /// <summary>Gets the recurrence.</summary>
    public required Guid RecurrenceId { get; init; }

    /// <summary>Gets the nominal instant; of a run, its first.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>Gets the last nominal instant of the run; of a single one, the same as <see cref="FirstAt"/>.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Gets how many nominal instants this row stands for.</summary>
    /// <value>The default value is 1.</value>
    public long Count { get; init; } = 1;

    /// <summary>Gets what became of them.</summary>
    public required OccurrenceOutcome Outcome { get; init; }

    /// <summary>Gets the definition that they are occurrences of.</summary>
    public long Revision { get; init; }

    /// <summary>Gets when it was decided, by the store's clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
