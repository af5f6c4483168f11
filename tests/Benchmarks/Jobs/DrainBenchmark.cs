using System.Globalization;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>
/// Works a backlog of no-op jobs off through typed handlers, with default options but for the concurrency and with a listener on
/// the metrics, against bare loops over prepared statements that claim and complete as many rows.
/// </summary>
internal sealed class DrainBenchmark : IBenchmark
{
    private const double LeastPostgres = 0.5;
    private const double LeastSqlite = 0.6;
    private const double LeastOfTwo = 1;
    private const double MostMicroseconds = 12;
    private const int Rounds = 3;
    private static readonly int[] Concurrencies = [10, 50];

    public string Name => "jobs-drain";

    public string Summary => "no-op jobs through typed handlers at 0.5 x (SQLite 0.6 x) a bare claim-and-complete loop (arguments: jobs, postgresql or sqlite)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var jobs = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 100_000;
        var engine = args is [_, var second, ..] ? second : null;
        var report = new Report();
        if (engine is null or PostgresJobs.Name)
        {
            await OnPostgresAsync(jobs, report);
        }

        if (engine is null or SqliteJobs.Name)
        {
            await OnSqliteAsync(jobs, report);
        }

        return report.Verdict;
    }

    // Every kind in turn, so that whatever else runs on the machine meets all alike.
    private static async Task OnPostgresAsync(int jobs, Report report)
    {
        var bare = await BareQueue.CreateAsync();
        var ours = await PostgresJobs.CreateAsync();
        using var worker = new WorkerProcess();
        using var other = new WorkerProcess();
        var rounds = new DrainRounds();
        for (var round = 0; round <= Rounds; round++)
        {
            var size = round == 0 ? Math.Min(jobs, 20_000) : jobs;
            await bare.RefillAsync(size);
            rounds.Begin(await bare.DrainAsync(size));
            foreach (var concurrency in Concurrencies)
            {
                rounds.Add(Of(concurrency), await DrainAsync(ours, size, concurrency, worker));
            }

            rounds.Add("two processes", await DrainAsync(ours, size, Concurrencies[0], worker, other));
            rounds.End(isWarmUp: round == 0);
        }

        var kept = Report.Floor("PostgreSQL, bare claim and complete of 500, 4 connections", rounds.Floor, Limits.PostgresDrain, "jobs/s");
        Array.ForEach(Concurrencies, concurrency => Judge(report, "PostgreSQL", rounds, concurrency, LeastPostgres, kept));
        report.AtLeast("PostgreSQL, two processes / one", Report.Median(rounds.Against("two processes", Of(Concurrencies[0]))), LeastOfTwo, kept);
    }

    private static async Task OnSqliteAsync(int jobs, Report report)
    {
        using var folder = new TemporaryFolder();
        var ours = await SqliteJobs.CreateAsync(folder.Combine("jobs.db"));
        using var bare = new BareFile(folder.Combine("bare.db"));
        using var worker = new WorkerProcess();
        var rounds = new DrainRounds();
        for (var round = 0; round <= Rounds; round++)
        {
            var size = round == 0 ? Math.Min(jobs, 20_000) : jobs;
            bare.Refill(size);
            rounds.Begin(bare.Drain(size));
            foreach (var concurrency in Concurrencies)
            {
                rounds.Add(Of(concurrency), await DrainAsync(ours, size, concurrency, worker));
            }

            rounds.End(isWarmUp: round == 0);
        }

        var kept = Report.Floor("SQLite, bare claim and complete of 100, one writer", rounds.Floor, Limits.SqliteDrain, "jobs/s");
        Array.ForEach(Concurrencies, concurrency => Judge(report, "SQLite", rounds, concurrency, LeastSqlite, kept));
    }

    private static async Task<Drain> DrainAsync(JobsDatabase database, int jobs, int concurrency, params WorkerProcess[] workers)
    {
        await database.EmptyAsync();
        await JobsHost.EnqueueAsync(database, jobs);
        return await Drain.RunAsync(database, jobs, concurrency, workers);
    }

    private static void Judge(Report report, string engine, DrainRounds rounds, int concurrency, double bound, bool kept)
    {
        var name = Of(concurrency);
        Report.Print($"{engine}, {name}: {rounds.Rate(name):N0} jobs/s");
        report.MedianAtLeast($"{engine}, {name} / bare", rounds.Ratios(name), bound, kept);
        report.AtMost($"{engine}, {name}, processor time of the worker's process in microseconds a job", rounds.Microseconds(name), MostMicroseconds);
    }

    private static string Of(int concurrency) => string.Create(CultureInfo.InvariantCulture, $"concurrency {concurrency}");
}
