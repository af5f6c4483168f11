using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>
/// Watches a worker's process on PostgreSQL: the processor time that it takes when there is nothing to do, and how far its
/// resident memory grows, over what it was then, while it works on a backlog of a million.
/// </summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const double MiB = 1024 * 1024;
    private const double MostGrowth = 30;
    private const double MostPercent = 1;
    private const int Concurrency = 10;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public string Name => "jobs-memory";

    public string Summary => "idle worker under 1 % of a core; on a backlog of 1,000,000 within 30 MiB of an idle one (arguments: backlog, seconds idle)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var backlog = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 1_000_000;
        var idle = args is [_, var second, ..] ? TimeSpan.FromSeconds(int.Parse(second, CultureInfo.InvariantCulture)) : Idle;
        var (ours, report) = (await PostgresJobs.CreateAsync(), new Report());
        report.AtMost("idle worker, percent of a core", await IdleAsync(ours, idle), MostPercent);

        // One that has worked before: its code is compiled, and its heap has what a few jobs leave.
        using var worker = new WorkerProcess();
        await WarmUpAsync(ours, worker, 1_000);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var resident = worker.Resident;
        await FillAsync(ours, backlog);
        var peak = await PeakAsync(worker, backlog);
        var (worked, _, _) = await worker.StopAsync();
        Report.Print($"idle worker {resident / MiB:F1} MiB; peak {peak / MiB:F1} MiB while {worked:N0} of {backlog:N0} jobs were run");
        report.Require(worked > 0, $"the worker has worked on its backlog");
        report.AtMost("memory over an idle worker in MiB", (peak - resident) / MiB, MostGrowth);
        return report.Verdict;
    }

    /// <summary>Measures what a process takes that has worked enough for its code to have been compiled once more where it is called often.</summary>
    private static async Task<double> IdleAsync(JobsDatabase database, TimeSpan idle)
    {
        using var worker = new WorkerProcess();
        await WarmUpAsync(database, worker, 20_000);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var (before, started) = (worker.Used, TimeProvider.System.GetTimestamp());
        await Task.Delay(idle, TimeProvider.System);
        return 100 * (worker.Used - before) / TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Has some jobs run, and leaves a worker that finds no more.</summary>
    private static async Task WarmUpAsync(JobsDatabase database, WorkerProcess worker, int jobs)
    {
        await JobsHost.EnqueueAsync(database, jobs);
        await Drain.RunAsync(database, jobs, Concurrency, worker);
        await database.EmptyAsync();
        await worker.StartAsync(database, Concurrency);
    }

    // All of it is there at one commit. Nobody notifies: the worker's own poll finds it. The model itself is due in an hour.
    private static async Task FillAsync(JobsDatabase database, int backlog)
    {
        using (var host = JobsHost.CreateEnqueuer(database))
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync([JobsHost.Request(0) with { Delay = TimeSpan.FromHours(1) }]);
        }

        await database.MultiplyAsync(backlog, isDue: true);
    }

    private static async Task<long> PeakAsync(WorkerProcess worker, int backlog)
    {
        var (peak, started, begun) = (0L, TimeProvider.System.GetTimestamp(), false);
        while (worker.At < backlog && TimeProvider.System.GetElapsedTime(started) < Busy)
        {
            if (!begun && worker.At > 0)
            {
                (begun, started) = (true, TimeProvider.System.GetTimestamp());
            }

            peak = Math.Max(peak, worker.Resident);
            await Task.Delay(Look, TimeProvider.System);
        }

        return peak;
    }
}
