namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Represents a row of the ledger; the key keeps an instant from being recorded twice, whoever tries.</summary>
internal sealed class OccurrenceEntity
{
    public Guid RecurrenceId { get; set; }

    public DateTimeOffset FirstAt { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public long Count { get; set; }

    public int Outcome { get; set; }

    public long Revision { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
