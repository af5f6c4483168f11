using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Reads recurrences, their ledger and their definitions out of the results of <see cref="RecurrenceSql"/>.</summary>
internal static class RecurrenceRow
{
    public const int ColumnCount = 13;

    public const string Columns =
        "id, kind, expression, time_zone, enabled, misfire_policy, catch_up_microseconds, overlap_policy, template, next_at, last_at, revision, look_at";

    public static Recurrence Read(SqlReader row) => new()
    {
        Id = row.Id(0),
        Kind = row.Text(1),
        Expression = row.Text(2),
        TimeZone = row.Text(3),
        Enabled = row.Flag(4),
        MisfirePolicy = (MisfirePolicy)row.Integer(5),
        CatchUpWindow = row.LongOrNull(6) is { } window ? TimeSpan.FromTicks(window * TimeSpan.TicksPerMicrosecond) : null,
        OverlapPolicy = (OverlapPolicy)row.Integer(7),
        Template = row.TextOrNull(8),
        NextAt = row.InstantOrNull(9),
        LastAt = row.InstantOrNull(10),
        Revision = row.Long(11),
    };

    /// <summary>Reads a recurrence and when to look at it.</summary>
    public static (Recurrence Recurrence, DateTimeOffset? LookAt) ReadLocked(SqlReader row) => (Read(row), row.InstantOrNull(12));

    public static (Recurrence Recurrence, DateTimeOffset? LookAt, DateTimeOffset Now) ReadDue(SqlReader row) => (Read(row), row.InstantOrNull(12), row.Instant(ColumnCount));

    public static Occurrence ReadOccurrence(SqlReader row) => new()
    {
        RecurrenceId = row.Id(0),
        FirstAt = row.Instant(1),
        LastAt = row.Instant(2),
        Count = row.Long(3),
        Outcome = (OccurrenceOutcome)row.Integer(4),
        Revision = row.Long(5),
        RecordedAt = row.Instant(6),
    };

    public static RecurrenceRevision ReadRevision(SqlReader row) => new(row.Long(0), row.Instant(1), row.Text(2), row.Text(3), row.Flag(4));

    /// <summary>Binds the columns; when to look next is the next instant, of one that is enabled.</summary>
    public static SqlCommand With(this SqlCommand command, Recurrence recurrence) => command
        .With("id", SqlType.Id, recurrence.Id).With("kind", SqlType.Text, recurrence.Kind)
        .With("expression", SqlType.Text, recurrence.Expression).With("zone", SqlType.Text, recurrence.TimeZone)
        .With("enabled", SqlType.Flag, recurrence.Enabled).With("misfire", SqlType.Number, (int)recurrence.MisfirePolicy)
        .With("window", SqlType.BigNumber, JobRow.Microseconds(recurrence.CatchUpWindow)).With("overlap", SqlType.Number, (int)recurrence.OverlapPolicy)
        .With("template", SqlType.Text, recurrence.Template).With("next", SqlType.Instant, recurrence.NextAt)
        .With("look", SqlType.Instant, recurrence.Enabled ? recurrence.NextAt : null).With("last", SqlType.Instant, recurrence.LastAt)
        .With("revision", SqlType.BigNumber, recurrence.Revision);
}
