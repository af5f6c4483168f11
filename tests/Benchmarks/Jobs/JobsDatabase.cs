using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>A database with the kernel's tables, ours to fill and empty past the kernel.</summary>
internal abstract class JobsDatabase(string engine, string connectionString)
{
    /// <summary>Gets <c>postgresql</c> or <c>sqlite</c>.</summary>
    public string Engine { get; } = engine;

    public string ConnectionString { get; } = connectionString;

    protected abstract string Table { get; }

    public static JobsDatabase Of(string engine, string connectionString) => engine switch
    {
        PostgresJobs.Name => new PostgresJobs(connectionString),
        SqliteJobs.Name => new SqliteJobs(connectionString),
        _ => throw new ArgumentException($"{engine} is neither {PostgresJobs.Name} nor {SqliteJobs.Name}.", nameof(engine)),
    };

    public abstract void Configure(DbContextOptionsBuilder options);

    public abstract Task<DbConnection> OpenAsync();

    /// <summary>Copies one of the jobs that are there again and again, with ids of their own, by one statement and past the kernel.</summary>
    /// <param name="times">How often.</param>
    /// <param name="isDue">Whether the copies are due now, whenever their model is.</param>
    public abstract Task MultiplyAsync(int times, bool isDue = false);

    /// <summary>Removes all jobs, and what is kept about them.</summary>
    public abstract Task EmptyAsync();

    public async Task MigrateAsync()
    {
        using var host = JobsHost.CreateEnqueuer(this);
        await host.Services.MigrateSwitchyardAsync<JobsContext>();
    }

    /// <summary>Gets how many jobs succeeded, and how many are there at all, as the tables have it.</summary>
    public async Task<(long Succeeded, long All)> CountAsync() =>
        (await ScalarAsync($"select count(*) from {Table} where state = 2"), await ScalarAsync($"select count(*) from {Table}"));

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Gets an INSERT of copies of one row, whatever columns there are, but for some that come from expressions.</summary>
    protected string Copies(IReadOnlyList<string> columns, string numbers, string newId, string? dueAt) =>
        $"insert into {Table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(Source))} from (select * from {Table} limit 1) model, {numbers}"
            .Replace("#id", newId, StringComparison.Ordinal).Replace("#due", dueAt ?? "available_at", StringComparison.Ordinal);

    protected async Task<IReadOnlyList<string>> NamesAsync(string sql)
    {
        List<string> names = [];
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static string Source(string column) => column switch
    {
        "id" or "root_id" => "#id",
        "available_at" => "#due",
        _ => column,
    };
}
