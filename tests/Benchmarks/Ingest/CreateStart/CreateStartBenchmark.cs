using System.Globalization;
using Npgsql;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Ingest.CreateStart;

/// <summary>
/// Creates and starts jobs on the reference host over loopback HTTP, against endpoints that commit one INSERT each. Both servers
/// are processes with the same runtime settings on databases of one PostgreSQL server; a commit of either waits for the disk.
/// </summary>
internal sealed class CreateStartBenchmark : IBenchmark
{
    // The HTTP floor's row "POST JSON + one INSERT commit" at 64 connections, as measured where the bounds were set.
    private const double Reference = 7_738;
    private const double LeastShareOfReference = 0.7;
    private const double LeastRatio = 0.5;
    private const int Connections = 64;
    private const int WarmUps = 4;
    private const int Rounds = 5;

    public string Name => "create-start";

    public string Summary => "create + start on PostgreSQL at 0.5 x the rate of bare endpoints that commit as often (argument: jobs a round)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var jobs = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 1_500;
        using var folder = new TemporaryFolder();
        var postgres = PostgresServer.Get();
        var (host, hostAddress) = await ServerProcess.StartAsync(
            HostAssembly(), [],
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://localhost:0"), ("WORKER_ENABLED", "false"),
            ("DATA_DIRECTORY", folder.Combine("data")), ("DATABASE_URL", await DatabaseUrlAsync(postgres)));
        using (host)
        {
            using var client = new LoopbackClient(hostAddress, Connections);
            var ours = await IngestLoad.BeginAsync(client, hostAddress);
            var (bare, bareAddress) = await ServerProcess.StartAsync(
                typeof(CreateStartBenchmark).Assembly.Location,
                [BareServer.Verb, await BareDatabaseAsync(postgres), ours.AnswerBytes.ToString(CultureInfo.InvariantCulture)]);
            using (bare)
            {
                using var bareClient = new LoopbackClient(bareAddress, Connections);
                List<Round> rounds = [];
                for (var i = -WarmUps; i < Rounds; i++)
                {
                    var round = await RunAsync(jobs, ours, bareClient, bareAddress);
                    Print($"  {(i < 0 ? "warm-up" : $"round {i + 1}"),-8} bare {round.BareRate,6:N0}/s, ours {round.OurRate,6:N0}/s: create {round.Create:F2}, start {round.Start:F2}, both {round.Both:F2}");
                    rounds.AddRange(i < 0 ? [] : [round]);
                }

                return Report(rounds);
            }
        }
    }

    // Every kind in turn, so that whatever else runs on the machine meets all alike.
    private static async Task<Round> RunAsync(int jobs, IngestLoad ours, LoopbackClient bare, Uri bareAddress)
    {
        var creates = Enumerable.Repeat(LoopbackClient.Request("POST", new Uri(bareAddress, "/create"), ours.Token, "application/json", IngestLoad.Submission), jobs).ToArray();
        var starts = Enumerable.Repeat(LoopbackClient.Request("POST", new Uri(bareAddress, "/start"), ours.Token), jobs).ToArray();
        var (_, bareCreate) = await bare.SendAsync(creates, 201);
        var (created, create) = await ours.CreateAsync(jobs);
        await ours.UploadAsync(created);
        var (_, bareStart) = await bare.SendAsync(starts, 202);
        var start = await ours.StartAsync(created);
        return new Round(jobs, bareCreate, bareStart, create, start);
    }

    private static Verdict Report(List<Round> rounds)
    {
        var (floor, ratio) = (Median(rounds.Select(round => round.BareCreateRate)), Median(rounds.Select(round => round.Both)));
        var verdict = floor < LeastShareOfReference * Reference ? Verdict.Void : ratio >= LeastRatio ? Verdict.Pass : Verdict.Fail;
        Print($"  bare POST + INSERT, {Connections} connections: {floor:N0}/s, {floor / Reference:F2} of the reference {Reference:N0}/s (void under {LeastShareOfReference:F1})");
        Print($"  bare create + start {Median(rounds.Select(round => round.BareRate)):N0} requests/s, ours {Median(rounds.Select(round => round.OurRate)):N0}/s; ratio of create {Median(rounds.Select(round => round.Create)):F2}, of start {Median(rounds.Select(round => round.Start)):F2}");
        Print($"{verdict.ToString().ToUpperInvariant()}  create + start / bare: {ratio:F2} (at least {LeastRatio:F1}), median of {Rounds}");
        return verdict;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static async Task<string> DatabaseUrlAsync(PostgresServer postgres)
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()).Database!;
        return $"postgres://postgres@/{database}?host={Uri.EscapeDataString(postgres.SocketFolder)}";
    }

    // What the host's own connection string comes to.
    private static async Task<string> BareDatabaseAsync(PostgresServer postgres)
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()).Database;
        return new NpgsqlConnectionStringBuilder { Host = postgres.SocketFolder, Username = "postgres", Database = database, MaxAutoPrepare = 64, KeepAlive = 15, NoResetOnClose = true }.ConnectionString;
    }

    // Built beside this program, in the same configuration.
    private static string HostAssembly()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "ReferenceHost", configuration, "ReferenceHost.dll"));
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Round(int Jobs, double BareCreateSeconds, double BareStartSeconds, double CreateSeconds, double StartSeconds)
    {
        public double BareCreateRate => Jobs / BareCreateSeconds;

        public double BareRate => 2 * Jobs / (BareCreateSeconds + BareStartSeconds);

        public double OurRate => 2 * Jobs / (CreateSeconds + StartSeconds);

        public double Create => BareCreateSeconds / CreateSeconds;

        public double Start => BareStartSeconds / StartSeconds;

        public double Both => OurRate / BareRate;
    }
}
