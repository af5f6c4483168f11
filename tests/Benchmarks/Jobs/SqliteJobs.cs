using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The kernel's tables in a SQLite file.</summary>
internal sealed class SqliteJobs(string connectionString) : JobsDatabase(Name, connectionString)
{
    public const string Name = "sqlite";

    protected override string Table => "switchyard_jobs";

    /// <summary>Makes a file with the kernel's tables.</summary>
    public static async Task<SqliteJobs> CreateAsync(string path)
    {
        var database = new SqliteJobs($"Data Source={path}");
        await database.MigrateAsync();
        return database;
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSwitchyardSqlite(ConnectionString);

    public override async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public override async Task MultiplyAsync(int times, bool isDue = false)
    {
        const string Rising = "printf('%08x-%04x-7000-8000-%012x', g >> 16, g & 65535, g)";
        var numbers = string.Create(CultureInfo.InvariantCulture, $"(with recursive n(g) as (select 1 union all select g + 1 from n where g < {times}) select g from n)");
        await ExecuteAsync(Copies(await NamesAsync($"select name from pragma_table_info('{Table}')"), numbers, Rising, isDue ? "0" : null));
        await ExecuteAsync("analyze");
    }

    public override async Task EmptyAsync()
    {
        var tables = await NamesAsync("select name from sqlite_master where type = 'table' and name like 'switchyard_job%'");
        await ExecuteAsync(string.Join(';', tables.Select(table => $"delete from {table}")));
        await ExecuteAsync("pragma wal_checkpoint(truncate)");
    }
}
