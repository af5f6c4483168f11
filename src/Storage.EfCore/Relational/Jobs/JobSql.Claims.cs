namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class JobSql
{
    /// <summary>How many jobs a claim hands out at the most, whatever it asks for.</summary>
    public const int MaxClaimed = 1_000;

    private const string DueColumns = "id, priority, available_at, leases_lost, kind, concurrency_key, attempt, max_attempts";

    private const string Claimed =
        "id, lease_token, kind, payload, attempt, max_attempts, started, timeout_microseconds, root_id, traceparent, available_at, priority";

    private static string TakeBackFrom(SwitchyardDialect dialect, string jobs) => $"""
        with lost as (
          select id as p_id from {jobs} where state = 1 and lease_expires_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")}
          order by lease_expires_at limit 1000{dialect.SkipLocked})
        update {jobs} set
          state = case when cancel_requested then 5 when started and attempt >= max_attempts then 4 else 0 end,
          finished_at = case when cancel_requested or (started and attempt >= max_attempts) then {dialect.Now} end,
          leases_lost = case when started then leases_lost + 1 else leases_lost end,
          last_error = case when started then @error else last_error end,
          error_type = case when started then @error_type else error_type end,
          lease_token = lease_token + 1, lease_owner = null, lease_expires_at = null, started = false
        from lost where id = p_id
        returning {Ended}
        """;

    /// <summary>Tells whether a claim needs care: leases ran out, suspects are due, or kinds have limits.</summary>
    /// <remarks><c>state &lt; 1</c> is no condition of an index: SQLite would read all that are queued rather than the few suspects.</remarks>
    private static string NeedsCareIn(SwitchyardDialect dialect, string jobs, string kinds) => $"""
        exists (select 1 from {jobs} where state = 1 and lease_expires_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")})
          or exists (select 1 from {jobs} where leases_lost > 0 and finished_at is null and state < 1 and available_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")})
          or exists (select 1 from {kinds} where limited and paused_at is null and {dialect.AnyOf("kind", "kinds")})
        """;

    /// <summary>Claims where nothing needs care. As one command it asks for that itself, says so first, and claims nothing where something does.</summary>
    private static string ClaimFrom(SwitchyardDialect dialect, string jobs, string kinds)
    {
        var care = NeedsCareIn(dialect, jobs, kinds);
        var due = $"""
            select id from {jobs}
            where state = 0 and available_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")} and {NotPaused(kinds)}{(dialect.RunsCommandsWhole ? $" and not ({care})" : "")}
            order by priority desc, available_at, id limit {MaxClaimed}{dialect.SkipLocked}
            """;
        return $"""
            {(dialect.RunsCommandsWhole ? $"select {care};" : "")}
            update {jobs} set {Claiming(dialect, "(p_rank <= @start - @ahead or (p_rank <= @start and attempt + 1 < max_attempts))")}
            from {dialect.Ranked(First("id", due))} where id = p_id
            returning {Claimed}
            """;
    }

    /// <summary>Takes the first rows of an ordered statement, whose own limit is a literal.</summary>
    /// <remarks>
    /// PostgreSQL plans again and again for a limit that it sees change, and for one that it doesn't see it takes a tenth of the
    /// table: now and then it would sort that rather than read the index. Rows that are not taken are not locked.
    /// </remarks>
    private static string First(string columns, string ordered) => $"select {columns} from ({ordered}) as ordered limit (select @max)";

    private static string Claiming(SwitchyardDialect dialect, string starts) => $"""
        state = 1, lease_token = lease_token + 1, lease_owner = @owner, lease_expires_at = {dialect.Plus(dialect.Now, "@lease")},
          started = {starts}, attempt = case when {starts} then attempt + 1 else attempt end
        """;

    /// <summary>Locks the kinds that have limits, so that their claims take turns; those that another claim has are passed over.</summary>
    private static string LockKindsIn(SwitchyardDialect dialect, string kinds) => $"""
        select kind, max_running, max_running_per_key, rate_starts, rate_per_microseconds, rate_tokens, {dialect.Microseconds("rate_at", dialect.Now)}
        from {kinds} where limited and paused_at is null and {dialect.AnyOf("kind", "kinds")} order by kind{dialect.SkipLocked}
        """;

    private static string FindDueIn(SwitchyardDialect dialect, string jobs, string kinds) => First(DueColumns, $"""
        select {DueColumns} from {jobs}
        where state = 0 and available_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")}
          and kind not in (select kind from {kinds} where limited or paused_at is not null)
        order by priority desc, available_at, id limit {MaxClaimed}{dialect.SkipLocked}
        """);

    private static string FindDueOfKindIn(SwitchyardDialect dialect, string jobs) => First(DueColumns, $"""
        select {DueColumns} from {jobs}
        where state = 0 and available_at <= {dialect.Now} and kind = @kind and (concurrency_key is null or not {dialect.AnyOf("concurrency_key", "full")})
        order by priority desc, available_at, id limit {MaxClaimed}{dialect.SkipLocked}
        """);

    private static string TakeFrom(SwitchyardDialect dialect, string jobs) => $"""
        update {jobs} set {Claiming(dialect, "p_start")}
        from {dialect.RowsSource(Takes())} where id = p_id
        returning {Claimed}
        """;
}
