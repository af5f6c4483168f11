namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class JobSql
{
    /// <summary>What a statement that may end jobs returns of them; see <see cref="EndedJob"/>.</summary>
    public const string Ended = "id, kind, state, root_id, traceparent, on_failure_kind, on_failure_payload";

    /// <summary>Counts the jobs that a statement has ended, in the same statement where the dialect can; else the store does it.</summary>
    private static string Ending(SwitchyardDialect dialect, string update) => !dialect.WritesInWith ? update : $"""
        with ended as ({update}), tallied as (
          insert into {dialect.Table("job_tallies")} (kind, state, count) select kind, state, count(*) from ended where state >= 2 group by kind, state)
        select * from ended
        """;

    private static string CompleteIn(SwitchyardDialect dialect, string jobs) => $"""
        update {jobs} set state = case when p_state = 0 and cancel_requested then 5 else p_state end,
          finished_at = case when p_state = 0 and not cancel_requested then null else {dialect.Now} end,
          available_at = case when p_state = 0 then {dialect.Plus(dialect.Now, "p_delay")} else available_at end,
          started = false, lease_owner = null, lease_expires_at = null, leases_lost = 0,
          result = coalesce(p_result, result), last_error = coalesce(p_error, last_error), error_type = coalesce(p_error_type, error_type)
        from {dialect.RowsSource(Outcomes())} where id = p_id and {Held}
        returning {Ended}, lease_token
        """;

    /// <summary>Ends jobs as succeeded, which leaves nothing to follow; says whose leases were held.</summary>
    private static string SucceedIn(SwitchyardDialect dialect, string jobs)
    {
        var update = $"""
            update {jobs} set state = 2, finished_at = {dialect.Now}, started = false, lease_owner = null, lease_expires_at = null, leases_lost = 0,
              result = coalesce(p_result, result)
            from {dialect.RowsSource(Successes())} where id = p_id and {Held}
            returning id, lease_token, kind
            """;
        return !dialect.WritesInWith ? update : $"""
            with ended as ({update}), tallied as (
              insert into {dialect.Table("job_tallies")} (kind, state, count) select kind, 2, count(*) from ended group by kind)
            select id, lease_token from ended
            """;
    }
}
