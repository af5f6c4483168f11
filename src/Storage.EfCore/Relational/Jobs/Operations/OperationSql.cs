using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Holds the statements of operations that are the same at every call, one SQL for every dialect.</summary>
internal sealed class OperationSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, OperationSql> Cache = [];
    private static readonly SqlColumn[] IdColumns = [new("p_id", SqlType.Id)];
    private static readonly SqlColumn[] TallyIdColumns = [new("p_id", SqlType.BigNumber)];

    private OperationSql(SwitchyardDialect dialect)
    {
        var (jobs, tallies, now) = (dialect.Table("jobs"), dialect.Table("job_tallies"), dialect.Now);
        var ids = dialect.RowsSource(Ids());
        Count = $"""
            select kind, state, cast(sum(p_count) as bigint) from (
              select kind, state, count(*) as p_count from {jobs} where state = 0 group by kind, state
              union all select kind, state, count(*) from {jobs} where state = 1 group by kind, state
              union all select kind, state, cast(sum(count) as bigint) from {tallies} group by kind, state
            ) n group by kind, state having sum(p_count) > 0
            """;
        Health = HealthIn(dialect, jobs, tallies);

        // One statement, so that a job can't slip from one state to the other between two.
        Cancel = CancelIn(jobs, ids, now, dialect.SkipLocked);
        CancelWaiting = CancelIn(jobs, ids, now, dialect.ForUpdate);
        Cancellable = $"select id from {jobs}, {ids} where id = p_id and {Unfinished}";
        Load = $"select {JobRow.Columns} from {jobs}, {ids} where id = p_id order by p_ord";
        Remove = $"delete from {jobs} where id in (select p_id from {ids}) and state in (2, 3, 4, 5) returning id, kind, state";
        RemoveJournals = $"delete from {dialect.Table("job_journals")} where job_id in (select p_id from {ids})";
        ReadTallies = $"select id, kind, state from {tallies} order by id limit @limit";
        RemoveTallies = $"delete from {tallies} where id in (select p_id from {dialect.RowsSource(TallyIds())}) returning kind, state, count";
        CountEnded = $"select cast(coalesce(sum(count), 0) as bigint) from {tallies}";

        // In the words of the unique index, which has all keys that are taken, and of no other index.
        CountHeld = $"""
            select count(*) from {jobs} where dedupe_key is not null and (finished_at is null or key_held_until is not null)
              and state > 1 and key_held_until > {now}
            """;
        AddOperation = $"""
            insert into {dialect.Table("job_operations")} (id, action, actor, reason, target, changed, at)
            values (@id, @action, @actor, @reason, @target, @changed, {now})
            """;
        ListOperations = $"select id, action, actor, reason, target, changed, at from {dialect.Table("job_operations")} order by at desc, id desc limit @limit";
    }

    private const string Unfinished = "(state = 0 or (state = 1 and not cancel_requested))";

    public string Count { get; }

    public string Health { get; }

    public string Cancel { get; }

    public string CancelWaiting { get; }

    public string Cancellable { get; }

    public string Load { get; }

    public string Remove { get; }

    public string RemoveJournals { get; }

    public string ReadTallies { get; }

    public string RemoveTallies { get; }

    public string CountEnded { get; }

    public string CountHeld { get; }

    public string AddOperation { get; }

    public string ListOperations { get; }

    public static OperationSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new OperationSql(key));

    public static SqlRows Ids() => new("ids", IdColumns);

    public static SqlRows TallyIds() => new("tally_ids", TallyIdColumns);

    private static string CancelIn(string jobs, string ids, string now, string locks) => $"""
        with found as (select id as p_found from {jobs} where id in (select p_id from {ids}) and {Unfinished}{locks})
        update {jobs} set
          finished_at = case when state = 0 then {now} end,
          cancel_requested = (state = 1),
          state = case when state = 0 then 5 else state end
        from found where id = p_found
        returning {JobSql.Ended}
        """;

    private static string HealthIn(SwitchyardDialect dialect, string jobs, string tallies) => $"""
        select
          (select {dialect.Microseconds("p_at", dialect.Now)} from (
            {JobSql.EarliestIn(jobs, $"kind not in (select kind from {dialect.Table("job_kinds")} where paused_at is not null)")}) d where p_at <= {dialect.Now}),
          (select cast(coalesce(sum(count), 0) as bigint) from {tallies} where state = 4),
          (select count(*) from {jobs} where leases_lost > 0 and finished_at is null)
        """;
}
