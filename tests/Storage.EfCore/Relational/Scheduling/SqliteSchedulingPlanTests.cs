using Microsoft.EntityFrameworkCore;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Scheduling;
using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Scheduling;

/// <summary>Asserts what SQLite reads its rows by; the statements are those of every dialect.</summary>
public sealed class SqliteSchedulingPlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("begin", "ux_switchyard_executions_attempt")]
    [InlineData("end", "ux_switchyard_executions_attempt")]
    [InlineData("last", "ux_switchyard_executions_attempt")]
    [InlineData("keep", "ux_switchyard_executions_attempt sqlite_autoindex_switchyard_schedules_1")]
    [InlineData("find oldest", "ix_switchyard_executions_oldest_ended")]
    [InlineData("delivery", "sqlite_autoindex_switchyard_schedules_1 sqlite_autoindex_switchyard_recurrences_1 sqlite_autoindex_switchyard_webhooks_1")]
    [InlineData("count ended", "ix_switchyard_execution_tallies_account")]
    [InlineData("count unfinished", "ix_switchyard_schedules ix_switchyard_executions_outcome")]
    [InlineData("newest", "ix_switchyard_executions_newest")]
    [InlineData("dead letters", "ix_switchyard_executions_outcome")]
    public async Task Statement_reaches_its_rows_by_index(string which, string indexes)
    {
        var plan = await ExplainAsync(dialect => which switch
        {
            "begin" => ExecutionSql.For(dialect).Begin,
            "end" => ExecutionSql.For(dialect).End,
            "last" => ExecutionSql.For(dialect).LastOf,
            "keep" => ExecutionSql.For(dialect).KeepSchedulesOf,
            "find oldest" => ExecutionSql.For(dialect).FindOldest,
            "delivery" => ScheduleSql.For(dialect).FindForDelivery,
            "count ended" => ScheduleSql.For(dialect).CountEnded,
            "count unfinished" => ScheduleSql.For(dialect).CountUnfinished,
            "newest" => Page(null),
            _ => Page(ExecutionStatus.DeadLetter),
        });

        Assert.All(indexes.Split(' '), index => Assert.Contains(index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("SCAN switchyard_", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN e\n", plan + "\n", StringComparison.Ordinal);
        Assert.True(which is not ("newest" or "dead letters") || !plan.Contains("TEMP B-TREE", StringComparison.Ordinal), plan);
    }

    private static string Page(ExecutionStatus? status) =>
        $"select * from switchyard_executions e where {ExecutionFilter.Condition(new ExecutionQuery { ScheduleId = Guid.Empty, Status = status }, "e")} order by e.created_at desc, e.id limit 5";

    private static async Task<string> ExplainAsync(Func<SwitchyardDialect, string> statement)
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        await using var ofDatabase = database;
        await using var ofNode = node;
        return await node.WithContextAsync(async context =>
        {
            await context.Database.OpenConnectionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "explain query plan " + statement(SwitchyardDialect.Of(context));
            foreach (var name in new[] { "ids", "ends", "at", "worker", "root", "attempt", "before", "max", "schedule", "status", "webhook" })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@" + name, "[]");
                command.Parameters.Add(parameter);
            }

            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var lines = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                lines.Add(reader.GetString(3));
            }

            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', lines));
            return string.Join('\n', lines);
        });
    }
}
