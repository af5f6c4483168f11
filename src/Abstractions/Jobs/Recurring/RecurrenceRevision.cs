namespace Switchyard.Jobs.Recurring;

/// <summary>Represents a definition of a recurrence and since when it holds, so that what was expected at a time can still be told.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Since">From when on it holds, by the store's clock; it ends when the next one begins.</param>
/// <param name="Expression">The cron expression.</param>
/// <param name="TimeZone">The IANA name of the zone.</param>
/// <param name="Enabled">Whether it fired.</param>
public sealed record RecurrenceRevision(long Revision, DateTimeOffset Since, string Expression, string TimeZone, bool Enabled);
