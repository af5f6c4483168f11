using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Holds the statements of recurring work, one SQL for every dialect.</summary>
internal sealed partial class RecurrenceSql
{
    private static readonly ConditionalWeakTable<SwitchyardDialect, RecurrenceSql> Cache = [];

    private RecurrenceSql(SwitchyardDialect dialect)
    {
        var (recurrences, targets) = (dialect.Table("recurrences"), dialect.Table("recurrence_targets"));
        var (revisions, occurrences, jobs) = (dialect.Table("recurrence_revisions"), dialect.Table("occurrences"), dialect.Table("jobs"));
        var (now, ids, inOrder) = (dialect.Now, dialect.RowsSource(Ids()), dialect.ReadsInOrder is { } columns ? ", " + columns : "");
        var unfinished = $"select 1 from {jobs} where {{0}} and {RecurringModel.Unfinished}";
        Find = $"select {RecurrenceRow.Columns} from {recurrences} where id = @id";
        Lock = Find + dialect.ForUpdate;
        ReadLocked = $"""
            select {now}, exists ({string.Format(null, unfinished, "concurrency_key = @key")});
            select target_id from {targets} where recurrence_id = @id order by created_at, target_id
            """;
        ReadMany = $"select {RecurrenceRow.Columns} from {recurrences}, {ids} where id = p_id";
        Peek = $"select {now}, (select look_at from {recurrences} where {RecurringModel.Waiting} order by look_at, id limit 1)";
        NextLook = $"select look_at from {recurrences} where {RecurringModel.Waiting} and look_at > @now order by look_at, id limit 1";
        Due = $"""
            select {now}{inOrder};
            select {RecurrenceRow.Columns}, {now} from {recurrences} where {RecurringModel.Waiting} and look_at <= {now} order by look_at, id limit @max{dialect.SkipLocked}{AgainAsUsual(dialect)}
            """;
        DueOfKinds = Due.Replace(" order by", $" and {dialect.AnyOf("kind", "kinds")} order by", StringComparison.Ordinal);
        List = $"select {RecurrenceRow.Columns} from {recurrences} where kind = @kind and id > @after order by id limit @max";
        TargetsOf = $"select recurrence_id, target_id from {targets}, {ids} where recurrence_id = p_id order by created_at, target_id";
        Busy = $"select p_id from {dialect.RowsSource(Keys())} where exists ({string.Format(null, unfinished, "concurrency_key = p_key")})";
        Insert = $"""
            insert into {recurrences} (id, kind, expression, time_zone, enabled, misfire_policy, catch_up_microseconds, overlap_policy, template, next_at, look_at, last_at, revision)
            values (@id, @kind, @expression, @zone, @enabled, @misfire, @window, @overlap, @template, @next, @look, @last, @revision)
            on conflict do nothing
            """;
        Update = $"""
            update {recurrences} set kind = @kind, expression = @expression, time_zone = @zone, enabled = @enabled, misfire_policy = @misfire,
              catch_up_microseconds = @window, overlap_policy = @overlap, template = @template, next_at = @next, look_at = @look, last_at = @last, revision = @revision
            where id = @id
            """;
        AddRevision = $"insert into {revisions} (recurrence_id, revision, since, expression, time_zone, enabled) values (@id, @revision, @since, @expression, @zone, @enabled)";
        Record = $"""
            insert into {occurrences} (recurrence_id, first_at, last_at, count, outcome, revision, recorded_at)
            select p_id, p_first, p_last, p_count, p_outcome, p_revision, p_recorded from {dialect.RowsSource(Occurrences())} where true
            on conflict do nothing returning recurrence_id, first_at
            """;
        Advance = $"""
            update {recurrences} set next_at = p_next, look_at = p_look, last_at = coalesce(p_last, last_at)
            from {dialect.RowsSource(Firings())} where id = p_id
            """;
        Delete = $"delete from {recurrences} where id = @id";
        DeleteRest = $"""
            delete from {targets} where recurrence_id = @id;
            delete from {revisions} where recurrence_id = @id;
            delete from {occurrences} where recurrence_id = @id
            """;
        AddTarget = $"insert into {targets} (recurrence_id, target_id, created_at) select id, @target, @at from {recurrences} where id = @id{dialect.ForUpdate} on conflict do nothing";
        RemoveTarget = $"delete from {targets} where recurrence_id = @id and target_id = @target";
        ListOccurrences = $"""
            select recurrence_id, first_at, last_at, count, outcome, revision, recorded_at from {occurrences}
            where recurrence_id = @id and first_at <= @to and last_at >= @from order by first_at limit @max
            """;
        Prune = $"""
            delete from {occurrences} where (recurrence_id, first_at) in (
              select recurrence_id, first_at from {occurrences} where recorded_at < {dialect.Plus(now, "@age")} order by recorded_at limit @max)
            """;
        ListRevisions = $"""
            select revision, since, expression, time_zone, enabled from {revisions} r where recurrence_id = @id and since <= @to
              and not exists (select 1 from {revisions} n where n.recurrence_id = r.recurrence_id and n.revision > r.revision and n.since < @from)
            order by revision
            """;
        Backlog = $"""
            select {now}, (select count(*) from (select 1 from {recurrences} where {RecurringModel.Waiting} and look_at <= {now} limit 10000) d),
              (select look_at from {recurrences} where {RecurringModel.Waiting} and look_at <= {now} order by look_at, id limit 1)
            """;
    }

    public string Find { get; }

    public string Lock { get; }

    public string ReadLocked { get; }

    public string ReadMany { get; }

    public string Peek { get; }

    public string NextLook { get; }

    public string Due { get; }

    public string DueOfKinds { get; }

    public string List { get; }

    public string TargetsOf { get; }

    public string Busy { get; }

    public string Insert { get; }

    public string Update { get; }

    public string AddRevision { get; }

    public string Record { get; }

    public string Advance { get; }

    public string Delete { get; }

    public string DeleteRest { get; }

    public string AddTarget { get; }

    public string RemoveTarget { get; }

    public string ListOccurrences { get; }

    public string Prune { get; }

    public string ListRevisions { get; }

    public string Backlog { get; }

    /// <remarks>What follows in the transaction sorts; where that is frowned upon, its cost looks so high that PostgreSQL compiles the statement first.</remarks>
    private static string AgainAsUsual(SwitchyardDialect dialect) =>
        dialect.ReadsInOrder is { } columns ? $";\nselect {columns.Replace("'off'", "'on'", StringComparison.Ordinal)}" : "";

    public static RecurrenceSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new RecurrenceSql(key));
}
