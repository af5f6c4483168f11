using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Writes the condition of a query for executions.</summary>
internal static class ExecutionFilter
{
    public static string Condition(ExecutionQuery query, string alias)
    {
        var condition = $"{alias}.schedule_id = @schedule" + query.Status switch
        {
            null => "",
            ExecutionStatus.Queued => $" and {alias}.outcome is null and {alias}.started_at is null",
            ExecutionStatus.Running => $" and {alias}.outcome is null and {alias}.started_at is not null",
            _ => $" and {alias}.outcome = @status",
        };
        condition += query.From is null ? "" : $" and {alias}.scheduled_at >= @from";
        return condition + (query.To is null ? "" : $" and {alias}.scheduled_at <= @to");
    }

    public static SqlCommand Bind(SqlCommand command, ExecutionQuery query)
    {
        command.With("schedule", SqlType.Id, query.ScheduleId);
        if (query.Status is >= ExecutionStatus.Success)
        {
            command.With("status", SqlType.Number, (int)query.Status);
        }

        if (query.From is not null)
        {
            command.With("from", SqlType.Instant, query.From);
        }

        return query.To is null ? command : command.With("to", SqlType.Instant, query.To);
    }
}
