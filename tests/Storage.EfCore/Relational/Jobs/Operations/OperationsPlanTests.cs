using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Storage.EfCore.Jobs.Operations;
using Switchyard.Storage.EfCore.PostgreSql.Tests;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

/// <summary>Asserts that operators' questions touch what they answer, and never the whole history.</summary>
public sealed class OperationsPlanTests
{
    // One database for all: the questions change nothing.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(CreateAsync);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Counts_come_from_the_tallies_and_the_partial_indexes() => AssertAsync(
        (_, _) => { },
        dialect => OperationSql.For(dialect).Count,
        rows: 4_000);

    [Fact]
    public Task Health_reads_no_finished_job() => AssertAsync(
        (_, _) => { },
        dialect => OperationSql.For(dialect).Health,
        rows: 4_000);

    [Fact]
    public Task Dead_letters_of_a_kind() => AssertQueryAsync(new JobFilter { Kinds = ["rare"], States = [JobState.DeadLetter] }, rows: 100, "troubles");

    [Fact]
    public Task Latest_failed() => AssertQueryAsync(new JobFilter { States = [JobState.Failed] }, rows: 100, "troubles");

    [Fact]
    public Task Latest_in_trouble_of_several_kinds() =>
        AssertQueryAsync(new JobFilter { Kinds = ["rare", "plan"], States = [JobState.Failed, JobState.DeadLetter, JobState.Cancelled] }, rows: 1_000, "troubles");

    [Fact]
    public Task Queued_jobs_of_a_kind() => AssertQueryAsync(new JobFilter { Kinds = ["plan"], States = [JobState.Queued, JobState.Running] }, rows: 4_000, "ix_switchyard_jobs");

    [Fact]
    public Task Jobs_by_dedupe_key() => AssertQueryAsync(new JobFilter { DedupeKey = "d17" }, rows: 4_000, "ended_dedupe");

    [Fact]
    public Task Jobs_by_concurrency_key() => AssertQueryAsync(new JobFilter { ConcurrencyKey = "c17" }, rows: 4_000, "ended_concurrency");

    [Fact]
    public async Task Jobs_of_a_chain()
    {
        var root = (await (await Database.Value).QueryAsync<Guid>("select root_id from switchyard.jobs where root_id <> id limit 1"))[0];
        await AssertQueryAsync(new JobFilter { RootId = new JobId(root) }, rows: 100, "ix_switchyard_jobs_chain");
    }

    [Fact]
    public Task Replayable_dead_letters_look_their_replays_up() => AssertQueryAsync(
        new JobFilter { Kinds = ["rare"], States = [JobState.DeadLetter] }, rows: 200, "ix_switchyard_jobs_chain", new BulkReplay(TimeProvider.System, TimeSpan.Zero));

    [Fact]
    public Task Oldest_ends_come_in_order_from_their_indexes() => AssertAsync(
        (command, dialect) =>
        {
            dialect.Bind(command, "max", SqlType.Number, 100);
            dialect.Bind(command, "surplus", SqlType.Number, 100);
            dialect.Bind(command, "ended", SqlType.BigNumber, 0L);
            dialect.Bind(command, "failed", SqlType.BigNumber, 0L);
        },
        dialect => PruneSql.Select(dialect, new JobRetention(), surplus: true)!,
        rows: 600,
        "oldest_ended", "oldest_failed");

    [Theory]
    [InlineData("cancel")]
    [InlineData("remove")]
    [InlineData("load")]
    public async Task Batches_reach_their_rows_by_the_primary_key(string which)
    {
        var ids = await (await Database.Value).QueryAsync<Guid>("select id from switchyard.jobs where state = 3 limit 100");
        await AssertAsync(
            (command, dialect) => dialect.BindRows(command, JobRemoval.RowsOf(ids.Select(id => new JobId(id)))),
            dialect => which switch { "cancel" => OperationSql.For(dialect).Cancel, "remove" => OperationSql.For(dialect).Remove, _ => OperationSql.For(dialect).Load },
            rows: 400,
            "PK_jobs");
    }

    [Fact]
    public Task Journals_reach_their_jobs_by_the_primary_key() => AssertAsync(
        (command, dialect) =>
        {
            var rows = EfJobJournal<AppDbContext>.NewRows();
            rows.Add(Guid.NewGuid(), 1L, 1, null, null, "[]");
            dialect.BindRows(command, rows);
        },
        EfJobJournal<AppDbContext>.WriteSql,
        rows: 10,
        "PK_jobs");

    [Fact]
    public Task Held_keys_are_counted_in_the_index_of_keys() => AssertAsync((_, _) => { }, dialect => OperationSql.For(dialect).CountHeld, rows: 10, "ux_switchyard_jobs_dedupe");

    private static Task AssertQueryAsync(JobFilter filter, int rows, string index, BulkChange? change = null) => AssertAsync(
        (command, dialect) =>
        {
            dialect.Bind(command, "limit", SqlType.Number, 100);
            dialect.Bind(command, "dedupe", SqlType.Text, filter.DedupeKey);
            dialect.Bind(command, "concurrency", SqlType.Text, filter.ConcurrencyKey);
            dialect.Bind(command, "root", SqlType.Id, filter.RootId?.Value);
            dialect.Bind(command, "kind", SqlType.Text, filter.Kinds?[0]);
            dialect.BindList(command, "kinds", filter.Kinds ?? []);
        },
        dialect => new JobFilterSql(filter, change?.Qualifies(dialect)).Select(dialect, "id", after: false),
        rows,
        index);

    /// <summary>Runs a statement, in a transaction that is rolled back, and asserts how it reached its rows and how many it met.</summary>
    private static async Task AssertAsync(Action<DbCommand, SwitchyardDialect> bind, Func<SwitchyardDialect, string> sql, int rows, params string[] indexes)
    {
        var plan = await ExplainAsync(bind, sql);

        Assert.DoesNotContain("Seq Scan on jobs", plan.Text, StringComparison.Ordinal);
        Assert.All(indexes, index => Assert.Contains(index, plan.Text, StringComparison.Ordinal));
        Assert.InRange(plan.RowsMet, 0, rows);
    }

    private static async Task<ExplainedPlan> ExplainAsync(Action<DbCommand, SwitchyardDialect> bind, Func<SwitchyardDialect, string> sql)
    {
        await using var node = (await Database.Value).NewNode();
        return await node.WithContextAsync(async context =>
        {
            var dialect = SwitchyardDialect.Of(context);
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText = "explain (analyze, timing off, summary off) " + sql(dialect);
            bind(command, dialect);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var lines = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                lines.Add(reader.GetString(0));
            }

            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', lines));
            return new ExplainedPlan(lines);
        });
    }

    /// <summary>Makes 60,000 succeeded jobs among which few are anything else: 2,000 queued, 1,000 running, 3,000 in trouble.</summary>
    private static async Task<PostgreSqlDatabase> CreateAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.ExecuteAsync(
            """
            insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_owner, lease_token, lease_expires_at,
              started, leases_lost, cancel_requested, dedupe_key, concurrency_key, root_id, parent_id, created_at, finished_at)
            select i, case when n % 20 = 0 then 'rare' else 'plan' end, '{}', s, 0, at, 1, 5, case when s = 1 then 'w' end, 1, case when s = 1 then now() end,
              s = 1, 0, false, case when s > 1 and n % 3 = 0 then 'd' || n % 1000 end, case when n % 3 = 1 then 'c' || n % 1000 end,
              case when n % 7 = 0 then first else i end, case when n % 7 = 0 then first end, at, case when s > 1 then at + interval '1 second' end
            from (
              select n, gen_random_uuid() as i, md5((n / 70)::text)::uuid as first, now() - (66000 - n) * interval '1 second' as at,
                case when n > 64000 then 0 when n > 63000 then 1 when n % 20 = 0 then 3 + n / 20 % 3 else 2 end as s
              from generate_series(1, 66000) n) g;
            insert into switchyard.job_tallies (kind, state, count) select kind, state, count(*) from switchyard.jobs where state > 1 group by kind, state
            """);
        await database.ExecuteAsync("vacuum analyze switchyard.jobs");
        return database;
    }
}
