using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.PostgreSql.Tests;

namespace Switchyard.Storage.EfCore.Tests.Jobs;

/// <summary>Asserts plans, not times: a batch must cost its size, whatever lies in the table.</summary>
public sealed class PlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completion_reaches_its_rows_by_the_primary_key()
    {
        var plan = await ExplainAsync((_, sql) => sql.Complete, (command, dialect, leases) =>
        {
            var rows = JobSql.Outcomes();
            foreach (var lease in leases)
            {
                rows.Add(lease.JobId.Value, lease.Token, 2, 0L, null, null);
            }

            dialect.BindRows(command, rows);
        });

        AssertByPrimaryKey(plan);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("renew")]
    [InlineData("release")]
    public async Task Writes_about_leases_reach_their_rows_by_the_primary_key(string which)
    {
        var plan = await ExplainAsync((_, sql) => which switch { "start" => sql.Start, "renew" => sql.Renew, _ => sql.Release }, (command, dialect, leases) =>
        {
            var rows = JobSql.Leases();
            foreach (var lease in leases)
            {
                rows.Add(lease.JobId.Value, lease.Token);
            }

            dialect.BindRows(command, rows);
            if (which == "renew")
            {
                dialect.Bind(command, "lease", SqlType.BigNumber, 30_000_000L);
            }
        });

        AssertByPrimaryKey(plan);
    }

    [Fact]
    public async Task Claim_reads_the_partial_index_in_order()
    {
        var plan = await ExplainAsync((_, sql) => sql.Claim, (command, dialect, _) =>
        {
            dialect.Bind(command, "owner", SqlType.Text, "worker");
            dialect.BindList(command, "kinds", ["plan"]);
            dialect.Bind(command, "max", SqlType.Number, 500);
            dialect.Bind(command, "start", SqlType.Number, 10);
            dialect.Bind(command, "lease", SqlType.BigNumber, 30_000_000L);
        });

        Assert.Contains("Index Scan using ix_switchyard_jobs_due", plan, StringComparison.Ordinal);
        Assert.Contains("\"PK_jobs\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_back_reads_the_partial_index_of_leases()
    {
        var plan = await ExplainAsync((_, sql) => sql.TakeBack, (command, dialect, _) =>
        {
            dialect.Bind(command, "error", SqlType.Text, "lost");
            dialect.BindList(command, "kinds", ["plan"]);
        });

        Assert.Contains("ix_switchyard_jobs_leases", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    private static void AssertByPrimaryKey(string plan)
    {
        Assert.Contains("Index Scan using \"PK_jobs\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("ix_switchyard", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    /// <summary>Explains a statement over 20,000 queued, 2,000 running and 60,000 finished jobs.</summary>
    private static async Task<string> ExplainAsync(Func<SwitchyardDialect, JobSql, string> statement, Action<DbCommand, SwitchyardDialect, IReadOnlyList<JobLease>> bind)
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        await database.ExecuteAsync(
            """
            insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_owner, lease_token, lease_expires_at,
              started, leases_lost, cancel_requested, root_id, created_at, finished_at)
            select gen_random_uuid(), 'plan', '{}', case when n <= 20000 then 0 when n <= 22000 then 1 else 2 end, 0, now() - n * interval '1 millisecond', 1, 5,
              case when n between 20001 and 22000 then 'w' end, 1, case when n between 20001 and 22000 then now() + n * interval '1 second' end,
              true, 0, false, gen_random_uuid(), now(), case when n > 22000 then now() end
            from generate_series(1, 82000) n
            """);
        await database.ExecuteAsync("analyze switchyard.jobs");
        var running = await database.QueryAsync<Guid>("select id from switchyard.jobs where state = 1 limit 500");
        return await node.WithContextAsync(async context =>
        {
            var dialect = SwitchyardDialect.Of(context);
            await context.Database.OpenConnectionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "explain " + statement(dialect, JobSql.For(dialect));
            bind(command, dialect, [.. running.Select(id => new JobLease(new JobId(id), 1))]);
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
}
