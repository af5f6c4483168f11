using System.Runtime.CompilerServices;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Holds the statements of the job store, one SQL for every dialect.</summary>
/// <remarks>
/// Whether a claim is held is told by token, owner and end, never by <c>state = 1</c>: with that PostgreSQL joins the partial
/// index of leases and a batch costs its square. Only the take-back needs the state, and reaches its rows by expiry.
/// </remarks>
internal sealed partial class JobSql
{
    private const string Held = "lease_token = p_token and lease_owner is not null and finished_at is null";
    private static readonly ConditionalWeakTable<SwitchyardDialect, JobSql> Cache = [];

    private JobSql(SwitchyardDialect dialect)
    {
        var jobs = dialect.Table("jobs");
        var kinds = dialect.Table("job_kinds");
        var now = dialect.Now;
        Insert = InsertInto(dialect, jobs);
        InsertPlain = InsertPlainInto(dialect, jobs);
        InsertManyPlain = InsertManyPlainInto(dialect, jobs);
        FreeKeys = FreeKeysIn(dialect, jobs);
        FindHolder = FindHolderIn(dialect, jobs);
        FindStanding = FindStandingIn(dialect, jobs);
        HoldKey = $"update {jobs} set key_held_until = @until, key_held_by = @by where id = @id";
        Tally = $"insert into {dialect.Table("job_tallies")} (kind, state, count) select p_kind, p_state, p_count from {dialect.RowsSource(Tallies())}";
        TakeBack = Ending(dialect, TakeBackFrom(dialect, jobs));
        NeedsCare = $"select {NeedsCareIn(dialect, jobs, kinds)}";
        Claim = ClaimFrom(dialect, jobs, kinds);
        LockKinds = LockKindsIn(dialect, kinds);
        CountRunning = $"select concurrency_key, count(*) from {jobs} where state = 1 and kind = @kind group by concurrency_key";
        FindDue = FindDueIn(dialect, jobs, kinds);
        FindDueOfKind = FindDueOfKindIn(dialect, jobs);
        Take = TakeFrom(dialect, jobs);
        Spend = $"update {kinds} set rate_tokens = @tokens, rate_at = {now} where kind = @kind";
        var leases = dialect.RowsSource(Leases());
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
        Release = Ending(dialect, $"""
            update {jobs} set state = case when cancel_requested then 5 else 0 end, finished_at = case when cancel_requested then {now} end,
              attempt = case when started then attempt - 1 else attempt end, started = false, lease_owner = null, lease_expires_at = null
            from {leases} where id = p_id and {Held}
            returning {Ended}
            """);
        Succeed = SucceedIn(dialect, jobs);
        Complete = Ending(dialect, CompleteIn(dialect, jobs));
        AreHeld = $"select id, lease_token from {jobs}, {leases} where id = p_id and {Held}";
        LockState = $"select state from {jobs} where id = @id{dialect.ForUpdate}";
        CancelQueued = Ending(dialect, $"update {jobs} set state = 5, finished_at = {now} where id = @id returning {Ended}");
        RequestCancel = $"update {jobs} set cancel_requested = true where id = @id";
        Find = $"select {JobRow.Columns} from {jobs} where id = @id";
        TimeToNext = TimeToNextIn(dialect, jobs, kinds);
    }

    public string Insert { get; }

    public string InsertPlain { get; }

    public string InsertManyPlain { get; }

    public string FreeKeys { get; }

    public string FindHolder { get; }

    public string FindStanding { get; }

    public string HoldKey { get; }

    public string Tally { get; }

    public string TakeBack { get; }

    public string NeedsCare { get; }

    public string Claim { get; }

    public string LockKinds { get; }

    public string CountRunning { get; }

    public string FindDue { get; }

    public string FindDueOfKind { get; }

    public string Take { get; }

    public string Spend { get; }

    public string Start { get; }

    public string Renew { get; }

    public string Release { get; }

    public string Succeed { get; }

    public string Complete { get; }

    public string AreHeld { get; }

    public string LockState { get; }

    public string CancelQueued { get; }

    public string RequestCancel { get; }

    public string Find { get; }

    public string TimeToNext { get; }

    public static JobSql For(SwitchyardDialect dialect) => Cache.GetValue(dialect, static key => new JobSql(key));

    /// <summary>Gets the condition that a kind is not paused: read once for a statement, and no part of its plan.</summary>
    private static string NotPaused(string kinds) =>
        $"kind not in (select kind from {kinds} where paused_at is not null)";

    /// <summary>Finds the earliest due time of queued jobs that meet a condition.</summary>
    /// <remarks>
    /// By the index that claims use, at one look for each priority that there is. An index by due time alone would mislead claims:
    /// where the planner takes the queue for short it reads all of it by that one, and sorts.
    /// </remarks>
    public static string EarliestIn(string jobs, string condition) => $"""
        with recursive priorities (p_priority) as (
          select * from (select priority from {jobs} where state = 0 order by priority desc limit 1) highest
          union all
          select (select priority from {jobs} where state = 0 and priority < p_priority order by priority desc limit 1) from priorities where p_priority is not null)
        select min(p_at) as p_at from (
          select (select available_at from {jobs} where state = 0 and priority = p_priority and {condition} order by available_at, id limit 1) as p_at
          from priorities where p_priority is not null) firsts
        """;

    private static string TimeToNextIn(SwitchyardDialect dialect, string jobs, string kinds) => $"""
        select {dialect.Microseconds(dialect.Now, "p_at")} from (
          select p_at from ({EarliestIn(jobs, $"{dialect.AnyOf("kind", "kinds")} and {NotPaused(kinds)}")}) q
          union all
          select * from (select lease_expires_at as p_at from {jobs} where state = 1 and {dialect.AnyOf("kind", "kinds")} order by lease_expires_at limit 1) l
        ) n where p_at is not null order by p_at limit 1
        """;
}
