using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>
/// Enqueues on PostgreSQL: one by one from one caller and from ten, each of whom awaits its own commit, and a thousand in a call,
/// against bare INSERTs. A caller keeps its scope, as a bare one keeps its connection.
/// </summary>
internal sealed class EnqueueBenchmark : IBenchmark
{
    private const double LeastOne = 0.85;
    private const double LeastTen = 1.5;
    private const double LeastMany = 0.7;
    private const int Callers = 10;
    private const int Many = 1_000;
    private const int Rounds = 5;

    public string Name => "jobs-enqueue";

    public string Summary => "enqueue: 1 caller at 0.85 x, 10 at 1.5 x, 1,000 a call at 0.7 x bare INSERTs (argument: jobs of one caller in a round)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var jobs = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 3_000;
        var bare = await BareQueue.CreateAsync();
        var ours = await PostgresJobs.CreateAsync();
        using var host = JobsHost.CreateEnqueuer(ours);
        List<(double Bare, double Ours)> one = [], ten = [], many = [];
        for (var round = 0; round <= Rounds; round++)
        {
            await bare.RefillAsync(0);
            await ours.EmptyAsync();
            (List<(double Bare, double Ours)> Of, double Bare, double Ours)[] measured =
            [
                (one, await bare.InsertAsync(jobs, 1), await EnqueueAsync(host, jobs, 1)),
                (ten, await bare.InsertAsync(3 * jobs, Callers), await EnqueueAsync(host, 3 * jobs, Callers)),
                (many, await bare.InsertManyAsync(Calls(jobs), Many), await EnqueueManyAsync(host, Calls(jobs))),
            ];
            Report.Print($"{(round == 0 ? "warm-up" : "round")}: bare / ours {string.Join(", ", measured.Select(of => FormattableString.Invariant($"{of.Bare:N0} / {of.Ours:N0}")))}");
            Array.ForEach(measured, of => of.Of.AddRange(round == 0 ? [] : [(of.Bare, of.Ours)]));
            var (_, all) = await ours.CountAsync();
            var expected = jobs + (3 * jobs / Callers * Callers) + (Calls(jobs) * Many);
            if (all != expected)
            {
                throw new InvalidOperationException($"{expected} jobs were enqueued, and {all} are there.");
            }
        }

        var report = new Report();
        Judge(report, "1 caller", one, Limits.PostgresInsert, LeastOne);
        Judge(report, $"{Callers} callers", ten, Limits.PostgresInsertTen, LeastTen);
        Judge(report, $"{Many} a call", many, Limits.PostgresInsertMany, LeastMany);
        return report.Verdict;
    }

    // Thirty times as many jobs as one by one, as a job takes a seventieth of the time.
    private static int Calls(int jobs) => Math.Max(1, 30 * jobs / Many);

    private static void Judge(Report report, string what, List<(double Bare, double Ours)> rounds, double reference, double bound)
    {
        var kept = Report.Floor($"{what}, bare INSERTs", Report.Median(rounds.Select(round => round.Bare)), reference, "jobs/s");
        Report.Print($"{what}, ours: {Report.Median(rounds.Select(round => round.Ours)):N0} jobs/s");
        report.MedianAtLeast($"{what} / bare", [.. rounds.Select(round => round.Ours / round.Bare)], bound, kept);
    }

    private static async Task<double> EnqueueAsync(IHost host, int jobs, int callers)
    {
        var scopes = Enumerable.Range(0, callers).Select(_ => host.Services.CreateAsyncScope()).ToArray();
        var queues = scopes.Select(scope => scope.ServiceProvider.GetRequiredService<IJobQueue>()).ToArray();
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(queues.Select(queue => Task.Run(async () =>
        {
            for (var i = 0; i < jobs / callers; i++)
            {
                await queue.EnqueueAsync(NoOp.Kind, new NoOp(i));
            }
        })));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await Task.WhenAll(scopes.Select(scope => scope.DisposeAsync().AsTask()));
        return jobs / callers * callers / seconds;
    }

    private static async Task<double> EnqueueManyAsync(IHost host, int calls)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        var started = TimeProvider.System.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            await queue.EnqueueAsync([.. Enumerable.Range(call * Many, Many).Select(JobsHost.Request)]);
        }

        return calls * Many / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
