using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Tests.Jobs;

/// <summary>Asserts plans, not times: a batch must cost its size, whatever lies in the table.</summary>
public sealed class PlanTests
{
    private const string Scans = "select coalesce(seq_scan, 0) from pg_stat_user_tables where relid = 'switchyard.jobs'::regclass";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completion_reaches_its_rows_by_the_primary_key()
    {
        var plan = await ExplainAsync(sql => sql.Complete, (command, dialect, leases) =>
        {
            var rows = JobSql.Outcomes();
            foreach (var lease in leases)
            {
                rows.Add(lease.JobId.Value, lease.Token, null, 2, 0L, null, null);
            }

            dialect.BindRows(command, rows);
        });

        AssertByPrimaryKey(plan);
    }

    [Fact]
    public async Task Success_reaches_its_rows_by_the_primary_key()
    {
        var plan = await ExplainAsync(sql => sql.Succeed, (command, dialect, leases) => dialect.BindRows(command, JobSql.Successes().Set(
            leases.Select(lease => lease.JobId.Value).ToArray(), leases.Select(lease => lease.Token).ToArray(), new string?[leases.Count])));

        AssertByPrimaryKey(plan);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("renew")]
    [InlineData("release")]
    public async Task Writes_about_leases_reach_their_rows_by_the_primary_key(string which)
    {
        var plan = await ExplainAsync(sql => which switch { "start" => sql.Start, "renew" => sql.Renew, _ => sql.Release }, (command, dialect, leases) =>
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

    /// <summary>A plan outlives the small table that it was made for: it may read no table as a whole, not even one of a few rows.</summary>
    [Fact]
    public async Task Plans_made_for_a_small_table_fit_a_large_one()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await database.ExecuteAsync("alter table switchyard.jobs set (autovacuum_enabled = off)");
        var requests = Enumerable.Range(0, 60).Select(_ => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = "plan", Payload = "{}" }).ToArray();
        await first.Jobs.EnqueueAsync(requests, Cancellation);
        await database.ExecuteAsync("analyze switchyard.jobs");
        await EndAsync(first, database);
        var before = (await database.QueryAsync<long>(Scans))[0];
        await using var node = database.NewNode();

        for (var i = 0; i < 10; i++)
        {
            var claimed = await node.Jobs.ClaimAsync(new ClaimRequest { Owner = "w", Kinds = ["plan"], MaxJobs = 4, StartAtOnce = 2, Lease = TimeSpan.FromMinutes(1) }, Cancellation);
            JobLease[] leases = [.. claimed.Select(job => job.Lease)];
            await node.Jobs.StartAsync(leases, Cancellation);
            await node.Jobs.RenewAsync(leases, TimeSpan.FromMinutes(1), Cancellation);
            await node.Jobs.CompleteAsync([.. leases[..2].Select(lease => new JobCompletion { Lease = lease, State = JobState.Succeeded })], Cancellation);
            await node.Jobs.CompleteAsync([new JobCompletion { Lease = leases[2], State = JobState.Failed }], Cancellation);
            Assert.Equal(1, await node.Jobs.ReleaseAsync([leases[3]], Cancellation));
        }

        await EndAsync(node, database);
        Assert.Equal([before], await database.QueryAsync<long>(Scans));
        Assert.Equal([160L], await database.QueryAsync<long>("select n_tup_upd from pg_stat_user_tables where relid = 'switchyard.jobs'::regclass"));
    }

    /// <summary>Also where the planner takes the queue for short, because it filled up since it was last analyzed.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_reads_the_partial_index_in_order(bool analyzed)
    {
        var plan = await ExplainAsync(sql => sql.Claim[(sql.Claim.IndexOf(';', StringComparison.Ordinal) + 1)..], (command, dialect, _) =>
        {
            dialect.Bind(command, "owner", SqlType.Text, "worker");
            dialect.BindList(command, "kinds", ["plan"]);
            dialect.Bind(command, "max", SqlType.Number, 500);
            dialect.Bind(command, "start", SqlType.Number, 10);
            dialect.Bind(command, "ahead", SqlType.Number, 0);
            dialect.Bind(command, "lease", SqlType.BigNumber, 30_000_000L);
        }, analyzed, ordered: true);

        AssertUses(plan, "Index Scan using ix_switchyard_jobs_due", "Index Scan using \"PK_jobs\"");
        AssertUses(plan, "ix_switchyard_jobs_leases", "ix_switchyard_jobs_suspects");
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_is_planned_once()
    {
        var (database, first) = await PostgreSqlDatabase.CreateAsync();
        await using var ofFirst = first;
        await using var node = new TestNode(options => options.UseSwitchyardPostgreSql(database.ConnectionString + ";Maximum Pool Size=1"));
        for (var i = 1; i <= 20; i++)
        {
            await node.Jobs.ClaimAsync(new ClaimRequest { Owner = "w", Kinds = [.. Enumerable.Repeat("plan", i)], MaxJobs = i * 7, StartAtOnce = i, Lease = TimeSpan.FromMinutes(1) }, Cancellation);
        }

        var plans = await node.WithContextAsync(context =>
            context.Database.SqlQuery<long>($"select generic_plans as \"Value\" from pg_prepared_statements where statement like {"%lease_owner = $%"}").ToListAsync(Cancellation));
        Assert.InRange(Assert.Single(plans), 5, 20);
    }

    [Fact]
    public async Task Take_back_reads_the_partial_index_of_leases()
    {
        var plan = await ExplainAsync(sql => sql.TakeBack, (command, dialect, _) =>
        {
            dialect.Bind(command, "error", SqlType.Text, "lost");
            dialect.Bind(command, "error_type", SqlType.Text, "lease_lost");
            dialect.BindList(command, "kinds", ["plan"]);
        });

        AssertUses(plan, "ix_switchyard_jobs_leases");
    }

    [Fact]
    public async Task Dedupe_keys_are_looked_up_in_their_index()
    {
        static void Bind(DbCommand command, SwitchyardDialect dialect, IReadOnlyList<JobLease> leases)
        {
            var rows = JobSql.Standing();
            foreach (var lease in leases)
            {
                rows.Add(lease.JobId.Value, "plan", lease.JobId.ToString());
            }

            dialect.BindRows(command, rows);
        }

        AssertUses(await ExplainAsync(sql => sql.FreeKeys, Bind), "ux_switchyard_jobs_dedupe");
        AssertUses(await ExplainAsync(sql => sql.FindStanding, Bind), "ux_switchyard_jobs_dedupe", "\"PK_jobs\"");
    }

    [Fact]
    public async Task Time_to_the_next_job_is_read_from_partial_indexes()
    {
        var plan = await ExplainAsync(sql => sql.TimeToNext, (command, dialect, _) => dialect.BindList(command, "kinds", ["plan"]));

        AssertUses(plan, "ix_switchyard_jobs_due", "ix_switchyard_jobs_leases");
    }

    [Fact]
    public async Task Running_jobs_of_a_kind_are_counted_without_the_others()
    {
        var plan = await ExplainAsync(sql => sql.CountRunning, (command, dialect, _) => dialect.Bind(command, "kind", SqlType.Text, "plan"));

        AssertUses(plan, "ix_switchyard_jobs_leases");
    }

    /// <summary>Ends a node and all connections: a backend has written its statistics when it is gone.</summary>
    private static async Task EndAsync(TestNode node, PostgreSqlDatabase database)
    {
        await node.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Eventually.HoldsAsync(
            async () => (await database.QueryAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))[0] == 0,
            "the connections are closed");
    }

    private static void AssertUses(string plan, params string[] indexes)
    {
        Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    private static void AssertByPrimaryKey(string plan)
    {
        Assert.Contains("Index Scan using \"PK_jobs\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("ix_switchyard", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on jobs", plan, StringComparison.Ordinal);
    }

    /// <summary>Explains a statement over 20,000 queued, 2,000 running and 200,000 finished jobs, of which every tenth held a key.</summary>
    private static async Task<string> ExplainAsync(Func<JobSql, string> statement, Action<DbCommand, SwitchyardDialect, IReadOnlyList<JobLease>> bind, bool analyzed = true, bool ordered = false)
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await using var ofNode = node;
        await database.ExecuteAsync("alter table switchyard.jobs set (autovacuum_enabled = off)");
        await database.ExecuteAsync(
            """
            insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_owner, lease_token, lease_expires_at,
              started, leases_lost, cancel_requested, dedupe_key, key_held_until, root_id, created_at, finished_at)
            select gen_random_uuid(), 'plan', '{}', case when n <= 20000 then 0 when n <= 22000 then 1 else 2 end, 0, now() - n * interval '1 millisecond', 1, 5,
              case when n between 20001 and 22000 then 'w' end, 1, case when n between 20001 and 22000 then now() + n * interval '1 second' end,
              true, 0, false, case when n % 10 = 0 then 'key ' || n end, case when n % 10 = 0 then now() end, gen_random_uuid(), now(), case when n > 22000 then now() end
            from generate_series(1, $1) n
            """, analyzed ? 222_000 : 0);
        await database.ExecuteAsync(analyzed ? "analyze switchyard.jobs" : "select 1");
        await database.ExecuteAsync(
            """
            insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_token, started, leases_lost,
              cancel_requested, root_id, created_at)
            select gen_random_uuid(), 'plan', '{}', 0, 0, now() - n * interval '1 millisecond', 1, 5, 1, false, 0, false, gen_random_uuid(), now()
            from generate_series(1, $1) n
            """, analyzed ? 0 : 100_000);
        var running = await database.QueryAsync<Guid>("select id from switchyard.jobs where state = 1 limit 500");
        return await node.WithContextAsync(async context =>
        {
            var dialect = SwitchyardDialect.Of(context);
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            if (ordered)
            {
                command.CommandText = "select " + dialect.ReadsInOrder;
                await command.ExecuteNonQueryAsync(Cancellation);
            }

            command.CommandText = "explain " + statement(JobSql.For(dialect));
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
