using Switchyard.Jobs.Recurring;

namespace Switchyard.InMemory.Recurring;

/// <summary>Holds a recurrence with what belongs to it. Only <see cref="RecurrenceTable"/> replaces what its index hangs on.</summary>
internal sealed class RecurrenceRow(Recurrence recurrence)
{
    public Recurrence Recurrence { get; set; } = recurrence;

    /// <summary>Gets or sets when the tick looks at it: the next nominal instant, but where a firing asked for another time.</summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>Gets the targets, in no order.</summary>
    public Dictionary<Guid, DateTimeOffset> Targets { get; } = [];

    public List<RecurrenceRevision> Revisions { get; } = [];

    /// <summary>Gets the ledger by first instants.</summary>
    public SortedList<DateTimeOffset, Occurrence> Ledger { get; } = [];

    public IEnumerable<Guid> TargetsInOrder() => Targets.OrderBy(target => target.Value).ThenBy(target => target.Key).Select(target => target.Key);
}
