namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class JobSql
{
    /// <remarks>In the order of the keys, that two that insert the same never wait for each other.</remarks>
    private static string InsertInto(SwitchyardDialect dialect, string jobs) => $"""
        insert into {jobs} (id, kind, payload, state, priority, available_at, attempt, max_attempts, timeout_microseconds, lease_token, started,
          leases_lost, cancel_requested, dedupe_key, dedupe_until, key_held_until, concurrency_key, root_id, parent_id, traceparent, on_failure_kind, on_failure_payload, created_at)
        select p_id, p_kind, p_payload, 0, p_priority, coalesce(p_not_before, {dialect.Plus(dialect.Now, "p_delay")}), 0, p_max_attempts, p_timeout, 0, false,
          0, false, p_dedupe, {dialect.Plus(dialect.Now, "p_dedupe_for")}, case when p_dedupe is not null then {dialect.Plus(dialect.Now, "p_dedupe_for")} end, p_concurrency, p_root, p_parent, p_trace, p_failure_kind, p_failure_payload, {dialect.Now}
        from {dialect.RowsSource(NewJobs())} where true order by p_dedupe, p_ord
        on conflict do nothing
        returning id
        """;

    /// <summary>Inserts one job of which nothing is asked but its kind, in the expectation that its id is new: an id that isn't is an error.</summary>
    private static string InsertPlainInto(SwitchyardDialect dialect, string jobs) =>
        $"{PlainColumns(jobs)} values (@id, @kind, @payload, 0, @priority, {dialect.Now}, 0, @attempts, 0, false, 0, false, @id, @trace, {dialect.Now})";

    /// <summary>Inserts many such jobs, of one kind and of one priority.</summary>
    private static string InsertManyPlainInto(SwitchyardDialect dialect, string jobs) =>
        $"{PlainColumns(jobs)} select p_id, @kind, p_payload, 0, @priority, {dialect.Now}, 0, @attempts, 0, false, 0, false, p_id, p_trace, {dialect.Now} from {dialect.RowsSource(PlainJobs())}";

    private static string PlainColumns(string jobs) => $"""
        insert into {jobs} (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_token, started, leases_lost, cancel_requested,
          root_id, traceparent, created_at)
        """;

    /// <summary>Frees the keys that ended jobs have held for their time.</summary>
    private static string FreeKeysIn(SwitchyardDialect dialect, string jobs) => $"""
        update {jobs} set key_held_until = null, key_held_by = null from {dialect.RowsSource(Standing())}
        where kind = p_kind and dedupe_key = p_dedupe and dedupe_key is not null and (finished_at is null or key_held_until is not null)
          and finished_at is not null and key_held_until <= {dialect.Now}
        """;

    private static string FindHolderIn(SwitchyardDialect dialect, string jobs) => $"""
        select id, key_held_until, coalesce(key_held_by, id) from {jobs}
        where kind = @kind and dedupe_key = @key and dedupe_key is not null and (finished_at is null or key_held_until is not null)
          and finished_at is not null{dialect.ForUpdate}
        """;

    private static string FindStandingIn(SwitchyardDialect dialect, string jobs) => $"""
        select p_ord, case when s.id is not null then s.id when d.finished_at is null then d.id else coalesce(d.key_held_by, d.id) end
        from {dialect.RowsSource(Standing())}
        left join {jobs} s on s.id = p_id
        left join {jobs} d on d.kind = p_kind and d.dedupe_key = p_dedupe and d.dedupe_key is not null
          and (d.finished_at is null or d.key_held_until is not null) and (d.finished_at is null or d.key_held_until > {dialect.Now})
        order by p_ord
        """;
}
