using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Scheduling;

internal sealed partial class EfScheduleStore<TContext>
{
    public Task<SchedulePage> ListAsync(ScheduleQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return sessions.ReadAsync(
            async session =>
            {
                var which = query.Enabled is null ? "s.account_id = @account" : "s.account_id = @account and s.enabled = @enabled";
                var total = await Command(session, $"select count(*) from {session.Dialect.Table("schedules")} s where {which}", query)
                    .ReadAsync(row => row.Long(0)).ConfigureAwait(false);
                var page = $"select {ScheduleRow.Columns} from {ScheduleRow.From(session.Dialect)} where {which} order by s.created_at, s.id limit @limit offset @skip";
                return new SchedulePage(
                    await Command(session, page, query).With("limit", SqlType.Number, query.Limit).With("skip", SqlType.Number, query.Skip)
                        .ReadAsync(ScheduleRow.Read).ConfigureAwait(false),
                    total[0]);
            },
            cancellationToken);
    }

    public Task<SchedulingCounts> CountAsync(IReadOnlyList<Guid> accounts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        var ids = ExecutionWrites.IdsOf(accounts);
        return sessions.ReadAsync(
            async session =>
            {
                var schedules = (await Command(session, sql => sql.CountSchedules).With(ids)
                    .ReadAsync(row => (Enabled: row.Flag(0), Count: row.Long(1))).ConfigureAwait(false)).ToLookup(row => row.Enabled, row => row.Count);
                var ended = await Command(session, sql => sql.CountEnded).With(ids)
                    .ReadAsync(row => (Status: (ExecutionStatus)row.Integer(0), Count: row.Long(1), Timed: row.Long(2), Duration: row.Long(3))).ConfigureAwait(false);
                var unfinished = await Command(session, sql => sql.CountUnfinished).With(ids)
                    .ReadAsync(row => (Status: row.Flag(0) ? ExecutionStatus.Running : ExecutionStatus.Queued, Count: row.Long(1))).ConfigureAwait(false);
                var timed = ended.FirstOrDefault(row => row.Status == ExecutionStatus.Success);
                return new SchedulingCounts
                {
                    Enabled = schedules[true].Sum(),
                    Disabled = schedules[false].Sum(),
                    Executions = ended.Select(row => (row.Status, row.Count)).Concat(unfinished).Where(row => row.Count > 0)
                        .ToDictionary(row => row.Status, row => row.Count),
                    AverageDuration = timed.Timed > 0 ? timed.Duration / (1000.0 * timed.Timed) : null,
                };
            },
            cancellationToken);
    }

    private static SqlCommand Command(StoreSession session, string sql, ScheduleQuery query)
    {
        var command = session.Command(sql).With("account", SqlType.Id, query.AccountId);
        return query.Enabled is { } enabled ? command.With("enabled", SqlType.Flag, enabled) : command;
    }
}
