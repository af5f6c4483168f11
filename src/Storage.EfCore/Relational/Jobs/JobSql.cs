using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Holds the statements of the job store, one SQL for every dialect.</summary>
/// <remarks>
/// Whether a claim is held is told by token, owner and end, never by <c>state = 1</c>: with that PostgreSQL joins the partial
/// index of leases and a batch costs its square. Only the take-back needs the state, and reaches its rows by expiry.
/// </remarks>
internal sealed class JobSql
{
    private const string Held = "lease_token = p_token and lease_owner is not null and finished_at is null";
    private static readonly ConditionalWeakTable<SwitchyardDialect, JobSql> Cache = [];

    private static readonly SqlColumn[] NewJobColumns =
    [
        new("p_id", SqlType.Id), new("p_kind", SqlType.Text), new("p_payload", SqlType.Text), new("p_priority", SqlType.Number),
        new("p_delay", SqlType.BigNumber), new("p_not_before", SqlType.Instant), new("p_max_attempts", SqlType.Number),
        new("p_timeout", SqlType.BigNumber), new("p_dedupe", SqlType.Text), new("p_concurrency", SqlType.Text), new("p_root", SqlType.Id),
        new("p_parent", SqlType.Id), new("p_trace", SqlType.Text), new("p_failure_kind", SqlType.Text), new("p_failure_payload", SqlType.Text),
    ];

    private static readonly SqlColumn[] LeaseColumns = [new("p_id", SqlType.Id), new("p_token", SqlType.BigNumber)];

    private static readonly SqlColumn[] OutcomeColumns =
    [
        .. LeaseColumns, new("p_state", SqlType.Number), new("p_delay", SqlType.BigNumber), new("p_result", SqlType.Text), new("p_error", SqlType.Text),
    ];

    private static readonly SqlColumn[] StandingColumns = [new("p_id", SqlType.Id), new("p_kind", SqlType.Text), new("p_dedupe", SqlType.Text)];

    private JobSql(SwitchyardDialect dialect)
    {
        var jobs = dialect.Table("jobs");
        var now = dialect.Now;
        var leases = dialect.RowsSource(Leases());
        Insert = InsertInto(dialect, jobs);
        FindStanding = $"""
            select p_id, case when s.id is not null then s.id else d.id end
            from {dialect.RowsSource(Standing())}
            left join {jobs} s on s.id = p_id
            left join {jobs} d on d.kind = p_kind and d.dedupe_key = p_dedupe and d.finished_at is null and d.dedupe_key is not null
            """;
        TakeBack = TakeBackFrom(dialect, jobs);
        Claim = ClaimFrom(dialect, jobs);
        Start = $"""
            update {jobs} set attempt = case when started then attempt else attempt + 1 end, started = true
            from {leases} where id = p_id and {Held} and lease_expires_at > {now}
            returning id, lease_token
            """;
        Renew = $"""
            update {jobs} set lease_expires_at = {dialect.Plus(now, "@lease")}
            from {leases} where id = p_id and {Held} and lease_expires_at > {now}
            returning id, lease_token, cancel_requested
            """;
        Release = $"""
            update {jobs} set state = case when cancel_requested then 5 else 0 end, finished_at = case when cancel_requested then {now} end,
              attempt = case when started then attempt - 1 else attempt end, started = false, lease_owner = null, lease_expires_at = null
            from {leases} where id = p_id and {Held}
            returning {Ended}
            """;
        Complete = $"""
            update {jobs} set state = case when p_state = 0 and cancel_requested then 5 else p_state end,
              finished_at = case when p_state = 0 and not cancel_requested then null else {now} end,
              available_at = case when p_state = 0 then {dialect.Plus(now, "p_delay")} else available_at end,
              started = false, lease_owner = null, lease_expires_at = null, leases_lost = 0,
              result = coalesce(p_result, result), last_error = coalesce(p_error, last_error)
            from {dialect.RowsSource(Outcomes())} where id = p_id and {Held}
            returning {Ended}, lease_token
            """;
        AreHeld = $"select id, lease_token from {jobs}, {leases} where id = p_id and {Held}";
        LockState = $"select state from {jobs} where id = @id{dialect.ForUpdate}";
        CancelQueued = $"update {jobs} set state = 5, finished_at = {now} where id = @id returning {Ended}";
        RequestCancel = $"update {jobs} set cancel_requested = true where id = @id";
        Find = $"select {JobRow.Columns} from {jobs} where id = @id";
        TimeToNext = TimeToNextIn(dialect, jobs);
    }

    /// <summary>What a statement that may end jobs returns of them; see <see cref="EndedJob"/>.</summary>
    public const string Ended = "id, kind, state, root_id, traceparent, on_failure_kind, on_failure_payload";

    public string Insert { get; }

    public string FindStanding { get; }

    public string TakeBack { get; }

    public string Claim { get; }

    public string Start { get; }

    public string Renew { get; }

    public string Release { get; }

    public string Complete { get; }

    public string AreHeld { get; }

    public string LockState { get; }

    public string CancelQueued { get; }

    public string RequestCancel { get; }

    public string Find { get; }

    public string TimeToNext { get; }

    public static JobSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new JobSql(key));

    public static SqlRows NewJobs() => new("jobs", NewJobColumns);

    public static SqlRows Leases() => new("leases", LeaseColumns);

    public static SqlRows Outcomes() => new("outcomes", OutcomeColumns);

    public static SqlRows Standing() => new("standing", StandingColumns);

    private static string InsertInto(SwitchyardDialect dialect, string jobs) => $"""
        insert into {jobs} (id, kind, payload, state, priority, available_at, attempt, max_attempts, timeout_microseconds, lease_token, started,
          leases_lost, cancel_requested, dedupe_key, concurrency_key, root_id, parent_id, traceparent, on_failure_kind, on_failure_payload, created_at)
        select p_id, p_kind, p_payload, 0, p_priority, coalesce(p_not_before, {dialect.Plus(dialect.Now, "p_delay")}), 0, p_max_attempts, p_timeout, 0, false,
          0, false, p_dedupe, p_concurrency, p_root, p_parent, p_trace, p_failure_kind, p_failure_payload, {dialect.Now}
        from {dialect.RowsSource(NewJobs())} where true order by p_ord
        on conflict do nothing
        returning id
        """;

    private static string TakeBackFrom(SwitchyardDialect dialect, string jobs) => $"""
        with lost as (
          select id as p_id from {jobs} where state = 1 and lease_expires_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")}
          order by lease_expires_at limit 1000{dialect.SkipLocked})
        update {jobs} set
          state = case when cancel_requested then 5 when started and attempt >= max_attempts then 4 else 0 end,
          finished_at = case when cancel_requested or (started and attempt >= max_attempts) then {dialect.Now} end,
          leases_lost = case when started then leases_lost + 1 else leases_lost end,
          last_error = case when started then @error else last_error end,
          lease_token = lease_token + 1, lease_owner = null, lease_expires_at = null, started = false
        from lost where id = p_id
        returning {Ended}
        """;

    /// <summary>Takes what is before the first suspect in order, or the first alone where it is one.</summary>
    private static string ClaimFrom(SwitchyardDialect dialect, string jobs) => $"""
        with due as (
          select id as p_id, priority as p_priority, available_at as p_at, leases_lost as p_lost from {jobs}
          where state = 0 and available_at <= {dialect.Now} and {dialect.AnyOf("kind", "kinds")}
          order by priority desc, available_at, id limit @max{dialect.SkipLocked}),
        ranked as (
          select p_id, row_number() over (order by p_priority desc, p_at, p_id) as p_rank,
            count(case when p_lost > 0 then 1 end) over (order by p_priority desc, p_at, p_id) as p_suspects
          from due)
        update {jobs} set
          state = 1, lease_token = lease_token + 1, lease_owner = @owner, lease_expires_at = {dialect.Plus(dialect.Now, "@lease")},
          started = (p_rank <= @start or p_suspects > 0),
          attempt = case when p_rank <= @start or p_suspects > 0 then attempt + 1 else attempt end
        from ranked where id = p_id and (p_suspects = 0 or p_rank = 1)
        returning id, lease_token, kind, payload, attempt, max_attempts, started, timeout_microseconds, root_id, traceparent, available_at, priority
        """;

    private static string TimeToNextIn(SwitchyardDialect dialect, string jobs) => $"""
        select {dialect.Microseconds(dialect.Now, "p_at")} from (
          select * from (select available_at as p_at from {jobs} where state = 0 and {dialect.AnyOf("kind", "kinds")} order by available_at limit 1) q
          union all
          select * from (select lease_expires_at as p_at from {jobs} where state = 1 and {dialect.AnyOf("kind", "kinds")} order by lease_expires_at limit 1) l
        ) n order by p_at limit 1
        """;
}
