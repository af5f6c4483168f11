using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>
/// Enqueues bursts, in each of them jobs that take a second and, behind them, ones that do nothing, and measures when the latter
/// begin: what waits in a worker's buffer behind a slow job must not wait for it.
/// </summary>
internal sealed class SlowNeighboursBenchmark : IBenchmark
{
    private const double MostTail = 50;
    private const int Concurrency = 10;
    private const int SlowOfBurst = 2;
    private const int NoOpsOfBurst = 50;
    private const int Rounds = 3;
    private static readonly TimeSpan BarePace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    public string Name => "jobs-slow-neighbours";

    public string Summary => "no-ops behind handlers of 1 s begin within 50 ms, p99 (argument: bursts of 2 slow jobs and 50 no-ops a round)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var bursts = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 16;
        var report = new Report();
        using var folder = new TemporaryFolder();
        var bare = await BareQueue.CreateAsync();
        await BarePickup.RunAsync(bare, 100, BarePace);
        var floor = await BarePickup.RunAsync(bare, 200, BarePace);
        var kept = Report.FloorTime("bare LISTEN + claim, p99", floor.Tail, Limits.PickupTail);
        foreach (var database in (JobsDatabase[])[await PostgresJobs.CreateAsync(), await SqliteJobs.CreateAsync(folder.Combine("jobs.db"))])
        {
            List<Pickups> rounds = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var pickups = await MeasureAsync(database, round == 0 ? 2 : bursts);
                Report.Print($"{(round == 0 ? "warm-up" : "round")}: {database.Engine}, p50 {pickups.Median:F1}, p99 {pickups.Tail:F1} ms");
                rounds.AddRange(round == 0 ? [] : [pickups]);
            }

            report.AtMost($"{database.Engine}, p99 of no-ops behind slow jobs in ms", Report.Median(rounds.Select(round => round.Tail)), MostTail, kept);
        }

        return report.Verdict;
    }

    private static async Task<Pickups> MeasureAsync(JobsDatabase database, int bursts)
    {
        await database.EmptyAsync();
        var pickups = new Pickups(bursts * NoOpsOfBurst);
        using var host = JobsHost.Create(database, Concurrency, pickups);
        await host.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        await pickups.RunAsync(bursts, Pace, burst =>
        {
            // The slow ones first: their ids are the smaller ones, so they are claimed before those behind them.
            var slow = Enumerable.Range(0, SlowOfBurst).Select(number => new JobRequest { Id = JobId.New(TimeProvider.System), Kind = Slow.Kind, Payload = JobPayload.Serialize(new Slow(number)) }).ToArray();
            var numbers = Enumerable.Range(burst * NoOpsOfBurst, NoOpsOfBurst).ToArray();
            JobRequest[] requests = [.. slow, .. numbers.Select(JobsHost.Request)];
            Array.ForEach(numbers, pickups.OnEnqueue);
            return queue.EnqueueAsync(requests);
        });
        await host.StopAsync();
        return pickups;
    }
}
