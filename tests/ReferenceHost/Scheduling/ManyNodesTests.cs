using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Switchyard.ReferenceHost.Tests.Walk;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Three nodes on one PostgreSQL fire 200 schedules while one after the other is killed: no instant is lost, none fires twice.</summary>
public sealed class ManyNodesTests(ITestOutputHelper output)
{
    private const int Schedules = 200;
    private const int Nodes = 3;
    private const int Kills = 15;
    private static readonly int[] Periods = [5, 6, 10, 12, 15, 20, 30];
    private readonly Random _random = new(Seed());

    [Fact]
    public async Task Ledger_is_the_list_of_due_instants_and_each_that_fired_was_delivered_under_one_identity()
    {
        using var folder = new TemporaryFolder();
        await using var receiver = await DeliveryJournal.StartAsync();
        var server = PostgresServer.Get();
        var connection = await server.CreateDatabaseAsync();
        var environment = EnvironmentOf(connection, server, folder);
        Task<HostProcess>[] nodes = [.. Enumerable.Range(0, Nodes).Select(_ => HostProcess.StartAsync(environment))];
        try
        {
            var plans = await ScheduleAsync(await nodes[0], receiver.Url);
            await KillAsync(nodes, environment);
            var until = await NowAsync(connection);
            await SettleAsync(connection, until);

            var ledger = await ReadLedgerAsync(connection, until);
            Judge(plans, ledger, receiver, until);
            output.WriteLine($"{Kills} kills; {ledger.Values.Sum(rows => rows.Count)} rows in the ledger; {receiver.Deliveries.Count} deliveries");
        }
        finally
        {
            await Task.WhenAll(nodes.Where(node => node.IsCompletedSuccessfully).Select(node => node.Result.DisposeAsync().AsTask()));
        }
    }

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("SWITCHYARD_SEED")?.Split(',')[0], CultureInfo.InvariantCulture, out var seed) ? seed : 20261120;

    private static Dictionary<string, string> EnvironmentOf(string connection, PostgresServer server, TemporaryFolder folder) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = "http://localhost:0",
        ["DATA_DIRECTORY"] = folder.Combine("data"),
        ["DATABASE_URL"] = $"postgres://postgres@localhost/{new NpgsqlConnectionStringBuilder(connection).Database}?host={server.SocketFolder}",
        ["MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["LEASE_SECONDS"] = "5",
        ["RETRY_BACKOFF_SECONDS"] = "1",
    };

    /// <summary>Makes the schedules, each with one webhook whose body says which occurrence it is.</summary>
    private static async Task<Dictionary<Guid, Plan>> ScheduleAsync(HostProcess node, Uri receiver)
    {
        using var answer = await node.Client.PostAsJsonAsync("/dev-issuer/scheduler-token", new { sub = Guid.NewGuid() });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        node.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var account = Guid.NewGuid();
        var plans = new Dictionary<Guid, Plan>();
        for (var number = 0; number < Schedules; number++)
        {
            var period = Periods[number % Periods.Length];
            var job = await PostAsync(node, "/api/jobs", new
            {
                account_id = account, name = $"schedule {number}", schedule = $"*/{period} * * * * *", type = 1, enabled = false, misfire_policy = "fire_all",
            });
            var id = job.GetProperty("id").GetGuid();
            await PostAsync(node, "/webhooks", new
            {
                job_id = id, url = receiver.AbsoluteUri, method = "POST", body_template = """{"job":"{{job_id}}","at":"{{scheduled_at}}"}""",
            });

            // Only now, or it might fire before there is a webhook to deliver to.
            var enabled = await SendAsync(node, HttpMethod.Patch, $"/api/jobs/{id}/enable", null, 200);
            plans.Add(id, new Plan(period, enabled.GetProperty("updated_at").GetDateTimeOffset()));
        }

        return plans;
    }

    private static Task<JsonElement> PostAsync(HostProcess node, string path, object body) => SendAsync(node, HttpMethod.Post, path, body, 201);

    private static async Task<JsonElement> SendAsync(HostProcess node, HttpMethod method, string path, object? body, int status)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await node.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Kills one of the nodes that listen every two to six seconds, at random, for a minute or so, and has it start again meanwhile.</summary>
    private async Task KillAsync(Task<HostProcess>[] nodes, Dictionary<string, string> environment)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            // The pace of the faults is that of real processes: there is no condition to wait for.
            await Task.Delay(TimeSpan.FromSeconds(2 + (4 * _random.NextDouble())), CancellationToken.None);
            await Task.WhenAny(nodes);
            int[] live = [.. Enumerable.Range(0, Nodes).Where(node => nodes[node].IsCompleted)];
            var victim = live[_random.Next(live.Length)];
            var node = await nodes[victim];
            await node.KillAsync();
            await node.DisposeAsync();
            nodes[victim] = HostProcess.StartAsync(environment);
        }

        await Task.WhenAll(nodes);
    }

    private static async Task<DateTimeOffset> NowAsync(string connection) =>
        (await QueryAsync(connection, "select clock_timestamp()", row => row.GetFieldValue<DateTimeOffset>(0), default))[0];

    /// <summary>Waits until everything due by a time is decided, and all that it brought about has ended.</summary>
    private static Task SettleAsync(string connection, DateTimeOffset until) => Eventually.HoldsAsync(
        async () => (await QueryAsync(
            connection,
            """
            select (select count(*) from switchyard.recurrences where next_at <= $1)
                 + (select count(*) from switchyard.executions where scheduled_at <= $1 and finished_at is null)
            """,
            row => row.GetInt64(0),
            until))[0] == 0,
        "all that was due is decided and delivered",
        TimeSpan.FromMinutes(2));

    private static async Task<Dictionary<Guid, List<LedgerRow>>> ReadLedgerAsync(string connection, DateTimeOffset until)
    {
        var rows = await QueryAsync(
            connection,
            "select recurrence_id, first_at, last_at, count, outcome from switchyard.occurrences where first_at <= $1 order by recurrence_id, first_at",
            row => (row.GetGuid(0), new LedgerRow(row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.GetInt32(4))),
            until);
        return rows.GroupBy(row => row.Item1).ToDictionary(group => group.Key, group => group.Select(row => row.Item2).ToList());
    }

    /// <summary>Judges by arithmetic of its own: an expression <c>*/n</c> in the field of seconds is due whenever n divides the second of the minute.</summary>
    private static void Judge(Dictionary<Guid, Plan> plans, Dictionary<Guid, List<LedgerRow>> ledger, DeliveryJournal journal, DateTimeOffset until)
    {
        var delivered = journal.Deliveries.ToLookup(delivery => (delivery.Job, delivery.At), delivery => delivery.Id);
        foreach (var (id, (period, enabledAt)) in plans)
        {
            var rows = ledger[id];
            var expected = Due(NextSecond(enabledAt), period, until).ToList();
            var recorded = rows.SelectMany(row => Due(row.FirstAt, period, row.LastAt)).Where(instant => instant <= until).ToList();
            Assert.Equal(expected, recorded);
            foreach (var row in rows.Where(row => row.LastAt <= until))
            {
                Assert.Equal(Due(row.FirstAt, period, row.LastAt).Count(), row.Count);
            }

            foreach (var fired in rows.Where(row => row.Outcome == 0))
            {
                Assert.Single(delivered[(id, fired.FirstAt)].Distinct());
            }
        }

        Assert.Equal(journal.Deliveries.Select(delivery => (delivery.Job, delivery.At)).Distinct().Count(), journal.Deliveries.Select(delivery => delivery.Id).Distinct().Count());
        Assert.True(ledger.Values.Sum(rows => rows.Count(row => row.Outcome == 0)) > 1_000, "Hardly anything fired.");
    }

    private static DateTimeOffset NextSecond(DateTimeOffset instant) => new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(1);

    private static IEnumerable<DateTimeOffset> Due(DateTimeOffset first, int period, DateTimeOffset last)
    {
        for (var instant = first; instant <= last; instant = instant.AddSeconds(1))
        {
            if (instant.Second % period == 0)
            {
                yield return instant;
            }
        }
    }

    private static async Task<List<T>> QueryAsync<T>(string connection, string sql, Func<NpgsqlDataReader, T> read, DateTimeOffset parameter)
    {
        await using var source = new NpgsqlConnection(connection);
        await source.OpenAsync();
        await using var command = new NpgsqlCommand(sql, source);
        if (sql.Contains("$1", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue(parameter.ToUniversalTime());
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private sealed record Plan(int Period, DateTimeOffset EnabledAt);

    private sealed record LedgerRow(DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count, int Outcome);
}
