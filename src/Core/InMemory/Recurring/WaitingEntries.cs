namespace Switchyard.InMemory.Recurring;

/// <summary>Reads the first of the entries that wait.</summary>
internal static class WaitingEntries
{
    public static DateTimeOffset? FirstOrNull(this SortedSet<(DateTimeOffset LookAt, Guid Id)> entries) => entries.Count == 0 ? null : entries.Min.LookAt;
}
