using Microsoft.EntityFrameworkCore;
using Switchyard.Storage.EfCore.Jobs;
using Switchyard.Storage.EfCore.Sqlite.Tests;

namespace Switchyard.Storage.EfCore.Tests.Jobs;

/// <summary>Asserts what SQLite reads its rows by; the statements are those of every dialect.</summary>
public sealed class SqlitePlanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("complete", "sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("succeed", "sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("start", "sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("renew", "sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("release", "sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("claim", "ix_switchyard_jobs_due sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("needs care", "ix_switchyard_jobs_leases ix_switchyard_jobs_suspects")]
    [InlineData("take back", "ix_switchyard_jobs_leases sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("free keys", "ux_switchyard_jobs_dedupe")]
    [InlineData("find standing", "ux_switchyard_jobs_dedupe sqlite_autoindex_switchyard_jobs_1")]
    [InlineData("time to next", "ix_switchyard_jobs_due ix_switchyard_jobs_leases")]
    [InlineData("count running", "ix_switchyard_jobs_leases")]
    public async Task Statement_reaches_its_rows_by_index(string which, string indexes)
    {
        var plan = await ExplainAsync(sql => which switch
        {
            "complete" => sql.Complete,
            "succeed" => sql.Succeed,
            "start" => sql.Start,
            "renew" => sql.Renew,
            "release" => sql.Release,
            "claim" => sql.Claim,
            "needs care" => sql.NeedsCare,
            "take back" => sql.TakeBack,
            "free keys" => sql.FreeKeys,
            "find standing" => sql.FindStanding,
            "time to next" => sql.TimeToNext,
            _ => sql.CountRunning,
        });

        Assert.All(indexes.Split(' '), index => Assert.Contains(index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("SCAN switchyard_jobs\n", plan + "\n", StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(Func<JobSql, string> statement)
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        await using var ofDatabase = database;
        await using var ofNode = node;
        return await node.WithContextAsync(async context =>
        {
            await context.Database.OpenConnectionAsync(Cancellation);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "explain query plan " + statement(JobSql.For(SwitchyardDialect.Of(context)));
            foreach (var name in new[] { "outcomes", "successes", "leases", "standing", "kinds", "owner", "max", "start", "ahead", "lease", "error", "error_type", "kind" })
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
