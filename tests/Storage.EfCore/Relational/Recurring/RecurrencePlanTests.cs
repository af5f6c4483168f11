using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Switchyard.Storage.EfCore.PostgreSql.Tests;
using Switchyard.Storage.EfCore.Recurring;
using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Recurring;

/// <summary>Asserts that a tick touches what is due, however many recurrences wait.</summary>
public sealed partial class RecurrencePlanTests
{
    // One database for all: plans change nothing that lasts.
    private static readonly Lazy<Task<PostgreSqlDatabase>> Database = new(CreateAsync);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("peek")]
    [InlineData("next")]
    [InlineData("backlog")]
    public async Task Tick_that_finds_nothing_due_is_one_look_into_the_index(string which)
    {
        var plan = await ExplainAsync(
            (command, dialect) =>
            {
                if (which == "next")
                {
                    dialect.Bind(command, "now", SqlType.Instant, DateTimeOffset.UnixEpoch);
                }
            },
            sql => which switch { "peek" => sql.Peek, "next" => sql.NextLook, _ => sql.Backlog });

        Assert.Contains("ix_switchyard_recurrences_due", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.InRange(RowsMet(plan), 0, 2);
    }

    [Fact]
    public async Task Due_ones_are_taken_in_order_by_the_index_alone()
    {
        var plan = await ExplainAsync((command, dialect) => dialect.Bind(command, "max", SqlType.Number, 100), sql => sql.Due.Split(";\n")[1].Replace("<= switchyard.switchyard_now()", "<= now() + interval '2 hours'", StringComparison.Ordinal));

        Assert.Contains("ix_switchyard_recurrences_due", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.Equal(100, RowsMet(plan));
    }

    [Theory]
    [InlineData("targets", "PK_recurrence_targets")]
    [InlineData("busy", "ix_switchyard_jobs_unfinished_key")]
    [InlineData("advance", "PK_recurrences")]
    public async Task Batch_reaches_its_rows_by_keys(string which, string index)
    {
        var ids = await (await Database.Value).QueryAsync<Guid>("select id from switchyard.recurrences order by look_at limit 100");
        var plan = await ExplainAsync(
            (command, dialect) => dialect.BindRows(command, which switch
            {
                "targets" => RecurrenceSql.Ids().Set(ids.ToArray()),
                "busy" => RecurrenceSql.Keys().Set(ids.ToArray(), ids.Select(Switchyard.Jobs.Recurring.DueRecurrence.ConcurrencyKeyOf).ToArray()),
                _ => RecurrenceSql.Firings().Set(ids.ToArray(), Instants(ids), Instants(ids), Instants(ids)),
            }),
            sql => which switch { "targets" => sql.TargetsOf, "busy" => sql.Busy, _ => sql.Advance });

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("peek")]
    [InlineData("due")]
    public async Task Sqlite_takes_the_index_of_due_ones_too(string which)
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        await using (database)
        await using (node)
        {
            var plan = await node.WithContextAsync(async context =>
            {
                await context.Database.OpenConnectionAsync(Cancellation);
                var sql = RecurrenceSql.For(SwitchyardDialect.Of(context));
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = "explain query plan " + (which == "peek" ? sql.Peek : sql.Due.Split(";\n")[1].Replace("@max", "10", StringComparison.Ordinal));
                return await ReadAsync(command, 3);
            });

            Assert.Contains("ix_switchyard_recurrences_due", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    /// <summary>Gets how many rows the scans of recurrences met: those they gave, and those they threw away.</summary>
    private static int RowsMet(string plan)
    {
        var scans = Scan().Matches(plan);
        Assert.NotEmpty(scans);
        return scans.Concat(Removed().Matches(plan)).Sum(match => (int)double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"Scan[^\n]*recurrences[^\n]*actual rows=([\d.]+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"Rows Removed by Filter: (\d+)")]
    private static partial Regex Removed();

    private static DateTimeOffset?[] Instants(List<Guid> ids) => [.. ids.Select(_ => (DateTimeOffset?)DateTimeOffset.UnixEpoch)];

    private static async Task<string> ExplainAsync(Action<DbCommand, SwitchyardDialect> bind, Func<RecurrenceSql, string> statement)
    {
        await using var node = (await Database.Value).NewNode();
        return await node.WithContextAsync(async context =>
        {
            var dialect = SwitchyardDialect.Of(context);
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction.GetDbTransaction();
            command.CommandText = "explain (analyze, timing off, summary off) " + statement(RecurrenceSql.For(dialect));
            bind(command, dialect);
            var text = await ReadAsync(command, 0);
            TestContext.Current.TestOutputHelper!.WriteLine(text);
            return text;
        });
    }

    private static async Task<string> ReadAsync(DbCommand command, int column)
    {
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            lines.Add(reader.GetString(column));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Makes 100,000 recurrences of which none is due for an hour, each with a target.</summary>
    private static async Task<PostgreSqlDatabase> CreateAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        await node.DisposeAsync();
        await database.ExecuteAsync(
            """
            insert into switchyard.recurrences (id, kind, expression, time_zone, enabled, misfire_policy, overlap_policy, next_at, look_at, revision)
            select gen_random_uuid(), 'plan', '* * * * *', 'UTC', true, 0, 0, at, at, 1
            from (select now() + interval '1 hour' + n * interval '1 second' as at from generate_series(1, 100000) n) g;
            insert into switchyard.recurrence_targets (recurrence_id, target_id, created_at) select id, gen_random_uuid(), now() from switchyard.recurrences;
            insert into switchyard.jobs (id, kind, payload, state, priority, available_at, attempt, max_attempts, lease_token, started, leases_lost, cancel_requested, concurrency_key, root_id, created_at, finished_at)
            select i, 'plan', '{}', case when n % 50 = 0 then 0 else 2 end, 0, now(), 0, 5, 0, false, 0, false, 'recurrence:' || gen_random_uuid(), i, now(), case when n % 50 > 0 then now() end
            from (select n, gen_random_uuid() as i from generate_series(1, 20000) n) g
            """);
        await database.ExecuteAsync("vacuum analyze switchyard.recurrences, switchyard.recurrence_targets, switchyard.jobs");
        return database;
    }
}
