using Microsoft.EntityFrameworkCore;
using Npgsql;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests;

/// <summary>A database of one test on the process's server, and nodes on it.</summary>
internal sealed class PostgreSqlDatabase(string connectionString) : IAsyncDisposable
{
    public ManualTimeProvider Clock { get; } = new();

    public string ConnectionString => connectionString;

    public static async Task<PostgreSqlDatabase> CreateEmptyAsync() => new(await PostgresServer.Get().CreateDatabaseAsync());

    public static async Task<(PostgreSqlDatabase Database, TestNode Node)> CreateAsync()
    {
        var database = await CreateEmptyAsync();
        var node = database.NewNode();
        await node.MigrateAsync();
        return (database, node);
    }

    /// <summary>Makes the store's clock a row that stands still until it is moved.</summary>
    public async Task StopClockAsync()
    {
        await ExecuteAsync(
            "create table test_clock (at timestamptz not null); insert into test_clock values (date_trunc('milliseconds', clock_timestamp()));"
            + "create or replace function switchyard.switchyard_now() returns timestamptz language sql stable as 'select at from public.test_clock'");
    }

    public Task AdvanceAsync(TimeSpan by) => ExecuteAsync("update test_clock set at = at + $1", by);

    public TestNode NewNode() => new(options => options.UseSwitchyardPostgreSql(connectionString), Clock);

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }

    // The database stays with the server, which is gone with the process.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
