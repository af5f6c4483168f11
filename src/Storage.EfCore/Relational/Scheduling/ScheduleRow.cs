using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Recurring;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Reads schedules, each with its recurrence, out of the results of statements.</summary>
internal static class ScheduleRow
{
    /// <summary>How many columns a schedule has.</summary>
    public const int ColumnCount = RecurrenceRow.ColumnCount + 5;

    /// <summary>Gets the columns, which are the first of a result: of <c>r</c>, the recurrence, and <c>s</c>, the schedule.</summary>
    public static string Columns { get; } = Sql.Prefixed("r", RecurrenceRow.Columns) + ", s.account_id, s.name, s.type, s.created_at, s.updated_at";

    /// <summary>Writes the tables of a schedule.</summary>
    public static string From(SwitchyardDialect dialect) => $"{dialect.Table("schedules")} s join {dialect.Table("recurrences")} r on r.id = s.id";

    /// <summary>Joins a schedule by its id.</summary>
    public static string JoinedBy(SwitchyardDialect dialect, string id) =>
        $"join {dialect.Table("schedules")} s on s.id = {id} join {dialect.Table("recurrences")} r on r.id = {id}";

    public static Schedule Read(SqlReader row) => new()
    {
        Recurrence = RecurrenceRow.Read(row),
        AccountId = row.Id(RecurrenceRow.ColumnCount),
        Name = row.Text(RecurrenceRow.ColumnCount + 1),
        Type = row.Integer(RecurrenceRow.ColumnCount + 2),
        CreatedAt = row.Instant(RecurrenceRow.ColumnCount + 3),
        UpdatedAt = row.Instant(RecurrenceRow.ColumnCount + 4),
    };
}
