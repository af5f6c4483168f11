using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Benchmarks.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Benchmarks.Recurring;

/// <summary>A database of recurrences that are made by SQL, and hosts that fire them and run nothing else.</summary>
internal sealed class RecurringDatabase(PostgresJobs database)
{
    public string ConnectionString => database.ConnectionString;

    public static async Task<RecurringDatabase> CreateAsync() => new(await PostgresJobs.CreateAsync());

    /// <summary>Makes a host whose ticker fires recurring jobs; their jobs nobody runs.</summary>
    public IHost CreateHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<JobsContext>(database.Configure);
        builder.Services.AddJobs(options => options.Enabled = false).UseEfCore<JobsContext>();
        return builder.Build();
    }

    /// <summary>Empties all tables and makes recurring jobs anew: daily ones, of which each was due at its time before now, or will be after it.</summary>
    public async Task RefillAsync(int recurrences, string dueAt)
    {
        using var host = CreateHost();
        await database.EmptyAsync();
        await database.ExecuteAsync("truncate switchyard.recurrences, switchyard.occurrences, switchyard.recurrence_revisions, switchyard.recurrence_targets");
        var jobs = host.Services.GetRequiredService<IRecurringJobs>();
        var model = await jobs.AddOrUpdateAsync(new RecurringJobDefinition { Name = "model", Expression = "0 0 * * *", Kind = NoOp.Kind, Payload = "{}" });
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into switchyard.recurrences (id, kind, expression, time_zone, enabled, misfire_policy, overlap_policy, template, next_at, look_at, revision)
            select gen_random_uuid(), kind, expression, time_zone, true, 0, 0, template, at, at, 1
            from (select *, date_trunc('second', {dueAt}) as at from switchyard.recurrences, generate_series(1, {recurrences}) n where id = '{model.Id}') m
            """));
        await jobs.RemoveAsync("model");
        await database.ExecuteAsync("vacuum (analyze) switchyard.recurrences");
        await database.ExecuteAsync("checkpoint");
    }

    public Task ExecuteAsync(string sql) => database.ExecuteAsync(sql);

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<double>> ListAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<double>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetDouble(0));
        }

        return values;
    }
}
