using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Switchyard.Benchmarks.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>A database with schedules that are fired by hand, through the service that users call.</summary>
internal sealed class DeliveryDatabase : IDisposable
{
    public const int WebhooksOfSchedule = 10;

    /// <summary>What is sent: the instant at which the firing was due, and as much as a small message has.</summary>
    public const string Body = """{"at":"{{scheduled_at}}","job":"{{job_name}}","execution":"{{execution_id}}","attempt":{{attempt}},"text":"a message of ordinary length, which says what has come about"}""";

    private const string Subject = "benchmark";
    private readonly IHost _host;
    private readonly Guid _account = Guid.CreateVersion7();
    private readonly NpgsqlDataSource _reader;

    private DeliveryDatabase(string connectionString, string keys)
    {
        (ConnectionString, Keys) = (connectionString, keys);
        _host = DeliveryHost.Create(connectionString, keys, works: false);
        _reader = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public string Keys { get; }

    /// <summary>Makes a database whose commits wait for the disk.</summary>
    public static async Task<DeliveryDatabase> CreateAsync(string keys)
    {
        var database = new DeliveryDatabase(await PostgresJobs.CreateDatabaseAsync(), keys);
        await database._host.Services.MigrateSwitchyardAsync<DeliveryContext>();
        return database;
    }

    /// <summary>Makes a schedule with ten webhooks, which go to receivers in turn.</summary>
    public async Task<Guid> ScheduleAsync(IReadOnlyList<Uri> receivers, TimeSpan? timeout = null)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<ScheduleService>()
            .CreateAsync(Subject, new CreateSchedule { AccountId = _account, Name = "Measured", Schedule = "0 0 1 1 *", Type = 1 });
        var schedule = ((ScheduleResult.Done)made).Schedule.Id;
        var webhooks = scope.ServiceProvider.GetRequiredService<WebhookService>();
        for (var webhook = 0; webhook < WebhooksOfSchedule; webhook++)
        {
            var url = new Uri(receivers[webhook % receivers.Count], "/hook").AbsoluteUri;
            var created = await webhooks.CreateAsync(Subject, new CreateWebhook { JobId = schedule, Url = url, Method = "POST", BodyTemplate = Body, Timeout = timeout });
            _ = (WebhookResult.Done)created;
        }

        return schedule;
    }

    /// <summary>Fires a schedule once: an execution with its job for each of its webhooks.</summary>
    public async Task FireAsync(Guid schedule)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        _ = (RunResult.Stored)await scope.ServiceProvider.GetRequiredService<ScheduleService>().RunAsync(Subject, schedule);
    }

    public Task<long> CountSucceededAsync() => ScalarAsync($"select count(*) from switchyard.executions where outcome = {(int)ExecutionStatus.Success}");

    public Task<long> CountAsync() => ScalarAsync("select count(*) from switchyard.executions");

    public Task<long> CountHandedOverAsync() => ScalarAsync($"select count(*) from switchyard.jobs where kind = '{SchedulingJobs.DeliverSlow}'");

    /// <summary>Gets the transactions that were committed so far.</summary>
    public Task<long> CountCommitsAsync() => ScalarAsync("select xact_commit from pg_stat_database where datname = current_database()");

    /// <summary>Writes everything to the disk, and learns what is in the tables, so that a round pays for neither.</summary>
    public async Task SettleAsync()
    {
        foreach (var statement in (string[])["vacuum (analyze) switchyard.executions", "vacuum (analyze) switchyard.jobs", "checkpoint"])
        {
            await using var command = _reader.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _host.Dispose();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = _reader.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
