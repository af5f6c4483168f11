using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The kernel's tables on the PostgreSQL server of this run.</summary>
internal sealed class PostgresJobs(string connectionString) : JobsDatabase(Name, connectionString)
{
    public const string Name = "postgresql";

    protected override string Table => "switchyard.jobs";

    /// <summary>Makes a database whose commits wait for the disk, with the kernel's tables.</summary>
    public static async Task<PostgresJobs> CreateAsync()
    {
        var database = new PostgresJobs(await CreateDatabaseAsync());
        await database.MigrateAsync();
        return database;
    }

    /// <summary>Makes an empty database whose commits wait for the disk.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var connectionString = await PostgresServer.Get().CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select current_setting('synchronous_commit') || current_setting('fsync')", connection);
        return (string)(await command.ExecuteScalarAsync())! == "onon" ? connectionString : throw new InvalidOperationException("The server's commits don't wait for the disk.");
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSwitchyardPostgreSql(ConnectionString);

    public override async Task<DbConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task MultiplyAsync(int times, bool isDue = false)
    {
        var columns = await NamesAsync($"select attname from pg_attribute where attrelid = '{Table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''");

        // Ids that rise, as those of version 7 do: random ones would scatter over the index as no real history does.
        const string Rising = "(lpad(to_hex(g), 12, '0') || '7' || substr(md5(g::text), 1, 19))::uuid";
        await ExecuteAsync(Copies(columns, string.Create(CultureInfo.InvariantCulture, $"generate_series(1, {times}) g"), Rising, isDue ? "now()" : null));
        await ExecuteAsync($"vacuum (analyze) {Table}");
    }

    public override async Task EmptyAsync()
    {
        var tables = await NamesAsync("select 'switchyard.' || tablename from pg_tables where schemaname = 'switchyard' and tablename like 'job%'");
        await ExecuteAsync($"truncate {string.Join(", ", tables)}");
        await ExecuteAsync("checkpoint");
    }
}
