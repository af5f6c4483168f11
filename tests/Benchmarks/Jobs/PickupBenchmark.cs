using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>Measures how soon a lone job's handler begins, producer and worker in one process, against bare LISTEN and claim.</summary>
internal sealed class PickupBenchmark : IBenchmark
{
    private const double MostMedian = 1.5;
    private const double MostTail = 2;
    private const double MostOnSqlite = 0.5;
    private const int Concurrency = 10;
    private const int Rounds = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public string Name => "jobs-pickup";

    public string Summary => "pickup at 100 jobs/s: p50 1.5 x, p99 2 x of bare LISTEN/NOTIFY + claim; SQLite p50 0.5 ms (argument: jobs a round)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var jobs = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 1_000;
        var report = new Report();
        await OnPostgresAsync(jobs, report);
        await OnSqliteAsync(jobs, report);
        return report.Verdict;
    }

    /// <summary>Runs jobs at an even pace through a host of this process.</summary>
    public static async Task<Pickups> MeasureAsync(JobsDatabase database, int jobs, TimeSpan pace)
    {
        await database.EmptyAsync();
        var pickups = new Pickups(jobs);
        using var host = JobsHost.Create(database, Concurrency, pickups);
        await host.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        await WarmUpAsync(host, queue, database);
        await pickups.RunAsync(jobs, pace, number =>
        {
            pickups.OnEnqueue(number);
            return queue.EnqueueAsync(NoOp.Kind, new NoOp(number));
        });
        await host.StopAsync();
        return pickups;
    }

    // What runs for weeks has its connections open and its code compiled. These jobs bear a number that nobody waits for.
    private static async Task WarmUpAsync(IHost host, IJobQueue queue, JobsDatabase database)
    {
        for (var i = 0; i < 50; i++)
        {
            await queue.EnqueueAsync(NoOp.Kind, new NoOp(0));
            await Task.Delay(Pace, host.Services.GetRequiredService<TimeProvider>());
        }

        while (await database.CountAsync() is var (succeeded, all) && succeeded < all)
        {
            await Task.Delay(Pace, TimeProvider.System);
        }
    }

    private static async Task OnPostgresAsync(int jobs, Report report)
    {
        var bare = await BareQueue.CreateAsync();
        var ours = await PostgresJobs.CreateAsync();
        await BarePickup.RunAsync(bare, Math.Min(jobs, 100), Pace);
        List<(Pickups Bare, Pickups Ours)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var (floor, measured) = (await BarePickup.RunAsync(bare, jobs, Pace), await MeasureAsync(ours, jobs, Pace));
            Report.Print($"round: bare p50 {floor.Median:F2}, p99 {floor.Tail:F2} ms; ours p50 {measured.Median:F2}, p99 {measured.Tail:F2} ms");
            rounds.Add((floor, measured));
        }

        var median = Report.FloorTime("PostgreSQL, bare LISTEN + claim, p50", Report.Median(rounds.Select(round => round.Bare.Median)), Limits.PickupMedian);
        var tail = Report.FloorTime("PostgreSQL, bare LISTEN + claim, p99", Report.Median(rounds.Select(round => round.Bare.Tail)), Limits.PickupTail);
        report.AtMost("PostgreSQL, p50 / bare", Report.Median(rounds.Select(round => round.Ours.Median / round.Bare.Median)), MostMedian, median && tail);
        report.AtMost("PostgreSQL, p99 / bare", Report.Median(rounds.Select(round => round.Ours.Tail / round.Bare.Tail)), MostTail, median && tail);
    }

    private static async Task OnSqliteAsync(int jobs, Report report)
    {
        using var folder = new TemporaryFolder();
        var ours = await SqliteJobs.CreateAsync(folder.Combine("jobs.db"));
        using var bare = new BareFile(folder.Combine("bare.db"));
        List<double> floors = [], medians = [];
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(bare.Insert(jobs));
            medians.Add((await MeasureAsync(ours, jobs / 2, Pace)).Median);
        }

        var kept = Report.Floor("SQLite, bare INSERT", Report.Median(floors), Limits.SqliteInsert, "commits/s");
        report.AtMost("SQLite, p50 in ms", Report.Median(medians), MostOnSqlite, kept);
    }
}
