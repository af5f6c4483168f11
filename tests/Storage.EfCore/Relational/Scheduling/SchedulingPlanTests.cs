using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.Storage.EfCore.Scheduling;

namespace Switchyard.Storage.EfCore.Tests.Scheduling;

/// <summary>Asserts plans, not times: what a statement costs follows what it is about, whatever lies in the history.</summary>
public sealed partial class SchedulingPlanTests
{
    private static readonly Guid Account = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Busy = new("22222222-2222-2222-2222-222222222222");

    // One database for all: what they write is rolled back.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(CreateAsync);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beginning_is_one_statement_that_looks_its_rows_up()
    {
        var root = (await FindAsync("outcome is null", 1))[0];
        var plan = await ExplainAsync(sql => sql.Begin, (command, dialect) =>
        {
            dialect.Bind(command, "at", SqlType.Instant, DateTimeOffset.UnixEpoch);
            dialect.Bind(command, "worker", SqlType.Text, "w");
            dialect.Bind(command, "root", SqlType.Id, root);
            dialect.Bind(command, "attempt", SqlType.Number, 1);
        });

        AssertUses(plan, 1, "ux_switchyard_executions_attempt", "PK_schedules", "PK_recurrences", "PK_webhooks");
    }

    [Fact]
    public async Task Beginnings_that_go_together_look_their_rows_up()
    {
        var roots = await FindAsync("outcome is null", 200);
        var plan = await ExplainAsync(sql => sql.BeginMany, (command, dialect) =>
        {
            var rows = ExecutionSql.Starts();
            foreach (var root in roots)
            {
                rows.Add(root, 1, DateTimeOffset.UnixEpoch, "w");
            }

            dialect.BindRows(command, rows);
        });

        // Each is met twice: found so as to be locked, and then changed.
        AssertUses(plan, 400, "ux_switchyard_executions_attempt");
    }

    [Fact]
    public async Task Ends_of_a_batch_look_their_rows_up()
    {
        var roots = await FindAsync("outcome is null", 200);
        var plan = await ExplainAsync(sql => sql.End, (command, dialect) =>
        {
            var rows = ExecutionSql.Ends();
            foreach (var root in roots)
            {
                rows.Add(root, 1, 2, DateTimeOffset.UnixEpoch, 200, "{}", "ok", null);
            }

            dialect.BindRows(command, rows);
        });

        AssertUses(plan, 200, "ux_switchyard_executions_attempt");
    }

    [Fact]
    public async Task Schedules_of_a_batch_are_looked_up()
    {
        var ids = await (await Database.Value).QueryAsync<Guid>("select id from switchyard.schedules limit 200");
        var roots = await FindAsync("outcome is null", 200);

        var kept = await ExplainAsync(sql => sql.KeepSchedules, (command, dialect) => dialect.BindRows(command, ExecutionWrites.IdsOf(ids)));
        AssertUses(await ExplainAsync(sql => sql.KeepSchedulesOf, (command, dialect) => dialect.BindRows(command, ExecutionWrites.IdsOf(roots))), 200, "ux_switchyard_executions_attempt");

        Assert.Contains("PK_schedules", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on schedules", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "ix_switchyard_executions_newest")]
    [InlineData(ExecutionStatus.DeadLetter, "ix_switchyard_executions_outcome")]
    [InlineData(ExecutionStatus.Success, "ix_switchyard_executions")]
    [InlineData(ExecutionStatus.Queued, "ix_switchyard_executions_outcome")]
    public async Task Page_is_read_from_an_index(ExecutionStatus? status, string index)
    {
        var query = new ExecutionQuery { ScheduleId = Busy, Status = status };
        var which = ExecutionFilter.Condition(query, "e");
        var plan = await ExplainAsync(
            (ExecutionSql _) => $"select {Sql.Prefixed("e", ExecutionRow.Columns)} from switchyard.executions e where {which} order by e.created_at desc, e.id limit 100",
            (command, dialect) => Bind(command, dialect, query));

        // Of the unfinished, which are few, the planner may sort all; of the others it must not.
        AssertUses(plan, 400, index);
        Assert.True(status == ExecutionStatus.Queued || !plan.Contains("Sort", StringComparison.Ordinal), plan);
    }

    [Fact]
    public async Task Counts_of_an_account_read_no_ended_execution()
    {
        void Bind(DbCommand command, SwitchyardDialect dialect) => dialect.BindRows(command, ExecutionWrites.IdsOf([Account]));

        AssertUses(await ExplainAsync(dialect => ScheduleSql.For(dialect).CountEnded, Bind), 0);
        AssertUses(await ExplainAsync(dialect => ScheduleSql.For(dialect).CountUnfinished, Bind), 400);
        AssertUses(await ExplainAsync(dialect => ScheduleSql.For(dialect).CountSchedules, Bind), 0, "Index Only Scan using ix_switchyard_schedules_enabled");
    }

    [Fact]
    public async Task Oldest_ends_come_in_order_from_their_index()
    {
        var plan = await ExplainAsync(sql => sql.FindOldest, (command, dialect) =>
        {
            dialect.Bind(command, "before", SqlType.Instant, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
            dialect.Bind(command, "max", SqlType.Number, 100);
        });

        AssertUses(plan, 100, "ix_switchyard_executions_oldest_ended");
    }

    [Fact]
    public async Task Firings_to_replay_are_found_among_the_bad_ends()
    {
        var query = new ExecutionQuery { ScheduleId = Busy };
        var plan = await ExplainAsync((ExecutionSql _) => "select count(*) " + ReplayCandidates.From("switchyard.executions", "switchyard.webhooks", query), (command, dialect) => Bind(command, dialect, query));

        AssertUses(plan, 6_000, "ix_switchyard_executions_outcome");
    }

    [Fact]
    public async Task Beginning_changes_no_index()
    {
        var roots = await FindAsync("outcome is null and started_at is null", 5);
        await using var node = (await Database.Value).NewNode();

        var (updated, inPlace) = await node.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            var before = await CountUpdatesAsync(context);
            foreach (var root in roots)
            {
                await context.Database.ExecuteSqlAsync(
                    $"update switchyard.executions set started_at = now(), worker_id = 'worker-1' where root_id = {root} and attempt = 1 and outcome is null", Cancellation);
            }

            var after = await CountUpdatesAsync(context);
            return (after.All - before.All, after.InPlace - before.InPlace);
        });

        Assert.Equal((5, 5), (updated, inPlace));
    }

    private static async Task<(long All, long InPlace)> CountUpdatesAsync(AppDbContext context)
    {
        var counts = await context.Database.SqlQuery<long>(
            $"select unnest(array[n_tup_upd, n_tup_hot_upd]) as \"Value\" from pg_stat_xact_user_tables where relname = 'executions'").ToListAsync(Cancellation);
        return (counts[0], counts[1]);
    }

    private static void Bind(DbCommand command, SwitchyardDialect dialect, ExecutionQuery query)
    {
        dialect.Bind(command, "schedule", SqlType.Id, query.ScheduleId);
        dialect.Bind(command, "status", SqlType.Number, (int?)query.Status);
    }

    private static async Task<List<Guid>> FindAsync(string which, int count) =>
        await (await Database.Value).QueryAsync<Guid>($"select root_id from switchyard.executions where {which} order by root_id limit {count}");

    private static void AssertUses(string plan, int rows, params string[] indexes)
    {
        Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan on executions", plan, StringComparison.Ordinal);
        Assert.InRange(plan.Split('\n').Sum(RowsMet), 0, rows);
    }

    private static long RowsMet(string line)
    {
        var scan = Scan().Match(line);
        var removed = Removed().Match(line);
        return (scan.Success ? (long)(Number(scan, "rows") * Number(scan, "loops")) : 0) + (removed.Success ? (long)Number(removed, "rows") : 0);
    }

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static Task<string> ExplainAsync(Func<ExecutionSql, string> statement, Action<DbCommand, SwitchyardDialect> bind) =>
        ExplainAsync((SwitchyardDialect dialect) => statement(ExecutionSql.For(dialect)), bind);

    private static async Task<string> ExplainAsync(Func<SwitchyardDialect, string> statement, Action<DbCommand, SwitchyardDialect> bind)
    {
        await using var node = (await Database.Value).NewNode();
        return await node.WithContextAsync(async context =>
        {
            var dialect = SwitchyardDialect.Of(context);
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText = "explain (analyze, timing off, summary off) " + statement(dialect);
            bind(command, dialect);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var lines = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                lines.Add(reader.GetString(0));
            }

            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', lines));
            return string.Join('\n', lines);
        });
    }

    /// <summary>Makes 120,000 executions, half of them of one schedule of an account that has 20: few are unfinished or in trouble.</summary>
    private static async Task<PostgreSqlDatabase> CreateAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.ExecuteAsync(
            """
            insert into switchyard.schedules (id, account_id, name, type, enabled, created_at, updated_at)
            select case when n = 1 then $2 else md5(n::text)::uuid end, case when n <= 20 then $1 else md5((n % 100)::text)::uuid end, 'n', 1, n % 9 > 0, now(), now()
            from generate_series(1, 20000) n
            """, Account, Busy);
        await database.ExecuteAsync(
            """
            insert into switchyard.recurrences (id, kind, expression, time_zone, enabled, misfire_policy, overlap_policy, revision)
            select id, 'scheduling', '* * * * *', 'UTC', enabled, 0, 0, 1 from switchyard.schedules;
            insert into switchyard.webhooks (id, schedule_id, url, method, timeout_microseconds, sealed_secret, created_at, updated_at)
            select id, id, 'https://receiver.example', 'POST', 30000000, 's', now(), now() from switchyard.schedules
            """);
        await database.ExecuteAsync(
            """
            insert into switchyard.executions (id, root_id, attempt, schedule_id, webhook_id, cause, outcome, scheduled_at, created_at, started_at, finished_at)
            select i, i, 1, s, s, 0, o, at, at, case when o is not null then at end, case when o is not null then at end
            from (
              select gen_random_uuid() as i, case when n % 2 = 0 then $1 else md5((n % 20000)::text)::uuid end as s, now() - (120000 - n) * interval '1 second' as at,
                case when n > 119600 then null when n % 50 = 0 then 3 + n / 50 % 3 else 2 end as o
              from generate_series(1, 120000) n) g where exists (select 1 from switchyard.schedules where id = s)
            """, Busy);
        await database.ExecuteAsync(
            """
            insert into switchyard.execution_tallies (account_id, status, count, timed, duration_microseconds)
            select account_id, outcome, 1, 0, 0 from switchyard.executions e join switchyard.schedules s on s.id = e.schedule_id where outcome is not null and e.schedule_id <> $1
            """, Busy);
        foreach (var table in new[] { "schedules", "recurrences", "webhooks", "executions", "execution_tallies" })
        {
            await database.ExecuteAsync($"vacuum analyze switchyard.{table}");
        }

        return database;
    }

    [GeneratedRegex(@"(Index Scan|Index Only Scan|Seq Scan|Bitmap Heap Scan).* on executions\b.*\(actual rows=(?<rows>[\d.]+) loops=(?<loops>\d+)\)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"Rows Removed by (Filter|Index Recheck|Join Filter): (?<rows>\d+)")]
    private static partial Regex Removed();
}
