using System.Globalization;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>Works the same backlog off in an empty table and in one that holds two million finished jobs, in turn.</summary>
internal sealed class HistoryBenchmark : IBenchmark
{
    private const double LeastRatio = 0.9;
    private const int Concurrency = 10;
    private const int Backlog = 100_000;
    private const int Rounds = 3;

    public string Name => "jobs-history";

    public string Summary => "the drain beside 2,000,000 finished jobs at 0.9 x that of an empty table (arguments: finished, backlog, postgresql or sqlite)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var finished = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 2_000_000;
        var backlog = args is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : Backlog;
        var report = new Report();
        using var folder = new TemporaryFolder();
        if (args is [_, _, SqliteJobs.Name])
        {
            var (empty, full) = (await SqliteJobs.CreateAsync(folder.Combine("empty.db")), await SqliteJobs.CreateAsync(folder.Combine("full.db")));
            using var file = new BareFile(folder.Combine("bare.db"));
            await RunAsync(report, "SQLite", Limits.SqliteDrain, empty, full, finished, backlog, () =>
            {
                file.Refill(backlog);
                return Task.FromResult(file.Drain(backlog));
            });
            return report.Verdict;
        }

        var bare = await BareQueue.CreateAsync();
        await RunAsync(report, "PostgreSQL", Limits.PostgresDrain, await PostgresJobs.CreateAsync(), await PostgresJobs.CreateAsync(), finished, backlog, async () =>
        {
            await bare.RefillAsync(backlog);
            return await bare.DrainAsync(backlog);
        });
        return report.Verdict;
    }

    private static async Task RunAsync(
        Report report, string engine, double reference, JobsDatabase empty, JobsDatabase full, int finished, int backlog, Func<Task<double>> drainBareAsync)
    {
        using var worker = new WorkerProcess();
        await MakeHistoryAsync(full, finished, worker);
        List<double> bare = [], ratios = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = await drainBareAsync();
            await empty.EmptyAsync();
            await JobsHost.EnqueueAsync(empty, backlog);
            var without = await Drain.RunAsync(empty, backlog, Concurrency, worker);
            await JobsHost.EnqueueAsync(full, backlog);
            var with = await Drain.RunAsync(full, backlog, Concurrency, worker);
            Report.Print($"{(round == 0 ? "warm-up" : "round")}: bare {floor:N0}/s; empty table {without.Rate:N0}/s, with history {with.Rate:N0}/s");
            bare.AddRange(round == 0 ? [] : [floor]);
            ratios.AddRange(round == 0 ? [] : [with.Rate / without.Rate]);
        }

        var kept = Report.Floor($"{engine}, bare claim and complete", Report.Median(bare), reference, "jobs/s");
        report.MedianAtLeast($"{engine}, {finished:N0} finished jobs / none", ratios, LeastRatio, kept);
    }

    // Copies of one that really ran: whatever a finished row holds, each of these does.
    private static async Task MakeHistoryAsync(JobsDatabase database, int finished, WorkerProcess worker)
    {
        var real = Math.Min(1_000, finished);
        await JobsHost.EnqueueAsync(database, real);
        await Drain.RunAsync(database, real, Concurrency, worker);
        await database.MultiplyAsync(finished);
    }
}
