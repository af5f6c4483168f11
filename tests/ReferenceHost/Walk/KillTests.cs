using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary><c>kill -9</c> of the host in the middle of a run: after a restart the run ends once, with right counts.</summary>
public sealed class KillTests
{
    private const int Rows = 400_000;

    public static TheoryData<string> Databases() => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Run_that_lost_its_host_ends_once_after_a_restart(string database)
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{HostProcess.FreePort()}",
            ["DATA_DIRECTORY"] = folder.Combine("data"),
            ["LEASE_SECONDS"] = "5",
        };
        if (database == "postgres")
        {
            var server = PostgresServer.Get();
            var name = new Npgsql.NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database;
            environment["DATABASE_URL"] = $"postgres://postgres@localhost/{name}?host={server.SocketFolder}";
        }

        string uid;
        await using (var first = await HostProcess.StartAsync(environment))
        {
            var client = await IngestClient.WithDevelopmentTokenAsync(first.Client);
            var (created, urls) = await client.CreateAsync(
                "assessments/PSAT_SAT",
                new Dictionary<string, string> { ["INPUT_FILE"] = "sat.csv" },
                new Dictionary<string, string> { ["TEST_TYPE"] = "SAT" });
            uid = created;
            await client.UploadAsync(urls["INPUT_FILE"], Csv());
            await client.StartAsync(uid);
            await Eventually.HoldsAsync(
                async () => (await client.JobAsync(uid)).GetProperty("status").GetString() == "running",
                "the run is under way");
            await first.KillAsync();
        }

        Assert.Equal(0, RowsLoaded(folder.Combine("data")));
        await using var second = await HostProcess.StartAsync(environment);
        var again = await IngestClient.WithDevelopmentTokenAsync(second.Client);
        var run = await again.EndedRunAsync(uid);

        Assert.Equal("success", run.GetProperty("status").GetString());
        Assert.Equal(Rows, run.GetProperty("summary").GetProperty("INPUT_FILE").GetProperty("records_processed").GetInt32());
        Assert.Equal(0, run.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, (await again.JobAsync(uid)).GetProperty("runs").GetArrayLength());
        Assert.Equal(Rows, RowsLoaded(folder.Combine("data")));
    }

    // The kill counts only if it hit the run while it was loading: nothing of it may be committed yet.
    private static long RowsLoaded(string data)
    {
        try
        {
            return Analytics.Rows(data, "acme", "acme", "assessments/PSAT_SAT__INPUT_FILE");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return 0;
        }
    }

    private static MemoryStream Csv()
    {
        var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, leaveOpen: true))
        {
            writer.Write("ID,NAME_LAST,NAME_FIRST,SCORE,NOTE\n");
            for (var row = 0; row < Rows; row++)
            {
                writer.Write($"{row},Last{row},First{row},{row % 1600},a note that makes the row longer\n");
            }
        }

        stream.Position = 0;
        return stream;
    }
}
