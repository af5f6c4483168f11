using Switchyard.Jobs.Recurring;

namespace Switchyard.Conformance.Scheduling;

/// <summary>Represents a skipped occurrence that was recorded some hours ago.</summary>
internal sealed record PlannedOccurrenceAt(int HoursAgo)
{
    public static RecurrenceFiring Firing(Guid recurrence, DateTimeOffset now, IEnumerable<PlannedOccurrenceAt> occurrences) => new()
    {
        RecurrenceId = recurrence, NextAt = null,
        Occurrences = [.. occurrences.Select(one => now.AddHours(-one.HoursAgo)).Select(at => new PlannedOccurrence(
            new Occurrence { RecurrenceId = recurrence, FirstAt = at, LastAt = at, Outcome = OccurrenceOutcome.SkippedMisfire, RecordedAt = at }, []))],
    };
}
