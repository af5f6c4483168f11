using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Holds the statements about executions, one SQL for every dialect.</summary>
internal sealed partial class ExecutionSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, ExecutionSql> Cache = [];

    private ExecutionSql(SwitchyardDialect dialect)
    {
        var (executions, schedules, webhooks, tallies) = (
            dialect.Table("executions"), dialect.Table("schedules"), dialect.Table("webhooks"), dialect.Table("execution_tallies"));
        var ids = dialect.RowsSource(Ids());
        KeepSchedules = $"select id, account_id from {schedules} where id in (select p_id from {ids}) order by id{dialect.KeepRows}";
        KeepSchedulesOf = $"""
            select id, account_id from {schedules}
            where id in (select schedule_id from {executions}, {ids} where root_id = p_id) order by id{dialect.KeepRows}
            """;
        KeepWebhooks = $"select id from {webhooks} where id in (select p_id from {dialect.RowsSource(Webhooks())}) order by id{dialect.KeepRows}";
        Insert = $"""
            insert into {executions} ({ExecutionRow.Columns}, {ExecutionRow.Content})
            select p_id, p_root, p_attempt, p_schedule, p_webhook, p_cause, p_outcome, p_scheduled, p_created, p_due, p_started, p_finished, p_worker, p_error,
              p_code, p_headers, p_body
            from {dialect.RowsSource(NewRows())} where true order by p_ord
            on conflict do nothing returning id
            """;
        Begin = BeginIn(dialect, executions);
        BeginMany = BeginManyIn(dialect, executions);
        LockFiring = $"select id from {executions} where root_id = @root order by attempt{dialect.ForUpdate}";
        LastOf = $"select {ExecutionRow.Columns} from {executions} where root_id = @root order by attempt desc limit 1";
        End = EndIn(dialect, executions, schedules, tallies);
        Find = $"select {ExecutionRow.Columns}, {ExecutionRow.Content} from {executions} where id = @id";
        AddTallies = $"""
            insert into {tallies} (account_id, status, count, timed, duration_microseconds)
            select p_account, p_status, p_count, p_timed, p_duration from {dialect.RowsSource(Tallies())}
            """;
        RemoveOf = RemoveIn(dialect, executions, tallies);
        FindOldest = $"select id, schedule_id from {executions} where finished_at is not null and finished_at < @before order by finished_at limit @max";
        Remove = $"delete from {executions} where id in (select p_id from {ids}) returning schedule_id, outcome, started_at, finished_at";
        ReadTallies = $"select id, account_id, status from {tallies} order by id limit @max";
        RemoveTallies = $"""
            delete from {tallies} where id in (select p_id from {dialect.RowsSource(TallyIds())})
            returning account_id, status, count, timed, duration_microseconds
            """;
        Audit = $"""
            insert into {dialect.Table("scheduling_audit")} (at, subject, schedule_id, execution_id, status, from_at, to_at, replayed, matched)
            values (@at, @subject, @schedule, @execution, @status, @from, @to, @replayed, @matched)
            """;
    }

    /// <summary>Reads schedules, and keeps them from being removed until the transaction ends.</summary>
    public string KeepSchedules { get; }

    /// <summary>The same of the schedules that firings belong to.</summary>
    public string KeepSchedulesOf { get; }

    public string KeepWebhooks { get; }

    public string Insert { get; }

    public string Begin { get; }

    /// <summary>Begins attempts, where the dialect writes in a WITH; those that it doesn't give, somebody has locked, or they aren't there to begin.</summary>
    public string BeginMany { get; }

    public string LockFiring { get; }

    public string LastOf { get; }

    public string End { get; }

    public string Find { get; }

    public string AddTallies { get; }

    public string RemoveOf { get; }

    public string FindOldest { get; }

    public string Remove { get; }

    public string ReadTallies { get; }

    public string RemoveTallies { get; }

    public string Audit { get; }

    public static ExecutionSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new ExecutionSql(key));

    /// <summary>Begins an attempt and, where the dialect can, reads in the same statement all that its request is made from.</summary>
    private static string BeginIn(SwitchyardDialect dialect, string executions)
    {
        var update = $"""
            update {executions} set started_at = @at, worker_id = @worker where root_id = @root and attempt = @attempt and outcome is null
            returning {ExecutionRow.Columns}
            """;
        return !dialect.WritesInWith ? update : $"""
            with begun as ({update})
            select {ScheduleRow.Columns}, {WebhookRow.Columns}, {Sql.Prefixed("e", ExecutionRow.Columns)}
            from begun e {ScheduleRow.JoinedBy(dialect, "e.schedule_id")} left join {dialect.Table("webhooks")} w on w.id = e.webhook_id
            """;
    }

    /// <summary>Begins many attempts as the one above does, where nobody has their rows locked: who holds some rows mustn't wait for others.</summary>
    private static string BeginManyIn(SwitchyardDialect dialect, string executions) => $"""
        with locked as (
            select e.id as p_id, p_at, p_worker from {dialect.RowsSource(Starts())} join {executions} e on e.root_id = p_root and e.attempt = p_attempt
            where e.outcome is null for update of e skip locked),
          begun as (
            update {executions} x set started_at = p_at, worker_id = p_worker from locked where x.id = p_id
            returning {Sql.Prefixed("x", ExecutionRow.Columns)})
        select {ScheduleRow.Columns}, {WebhookRow.Columns}, {Sql.Prefixed("e", ExecutionRow.Columns)}
        from begun e {ScheduleRow.JoinedBy(dialect, "e.schedule_id")} left join {dialect.Table("webhooks")} w on w.id = e.webhook_id
        """;

    /// <summary>Ends attempts, and counts them in the same statement where the dialect can; else the caller does.</summary>
    private static string EndIn(SwitchyardDialect dialect, string executions, string schedules, string tallies)
    {
        var update = $"""
            update {executions} set outcome = p_status, finished_at = case when started_at > p_at then started_at else p_at end,
              status_code = p_code, answer_headers = p_headers, answer_body = p_body, error = p_error
            from {dialect.RowsSource(Ends())} where root_id = p_root and (p_attempt is null or attempt = p_attempt) and outcome is null
            returning {ExecutionRow.Columns}
            """;
        return !dialect.WritesInWith ? update : $"""
            with ended as ({update}), tallied as (
              insert into {tallies} (account_id, status, count, timed, duration_microseconds)
              select s.account_id, {Sums(dialect, "1")} from ended e join {schedules} s on s.id = e.schedule_id group by s.account_id, e.outcome)
            select {ExecutionRow.Columns} from ended
            """;
    }

    /// <summary>Removes all executions of a schedule, and their numbers from those of its account.</summary>
    private static string RemoveIn(SwitchyardDialect dialect, string executions, string tallies)
    {
        var less = $"insert into {tallies} (account_id, status, count, timed, duration_microseconds) select @account, {Sums(dialect, "-1")}";
        return dialect.WritesInWith
            ? $"""
                with gone as (delete from {executions} where schedule_id = @schedule returning outcome, started_at, finished_at),
                  tallied as ({less} from gone e where e.outcome is not null group by e.outcome)
                select count(*) from gone
                """
            : $"{less} from {executions} e where e.schedule_id = @schedule and e.outcome is not null group by e.outcome; delete from {executions} where schedule_id = @schedule";
    }

    /// <summary>Writes status, number, and the number and sum of durations of successes, of a group of ended executions.</summary>
    private static string Sums(SwitchyardDialect dialect, string sign) => $"""
        e.outcome, {sign} * count(*), {sign} * count(case when e.outcome = 2 then e.started_at end),
        {sign} * coalesce(cast(sum(case when e.outcome = 2 then {dialect.Microseconds("e.started_at", "e.finished_at")} end) as bigint), 0)
        """;
}
