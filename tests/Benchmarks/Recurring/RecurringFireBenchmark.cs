using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Benchmarks.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Benchmarks.Recurring;

/// <summary>Fires what is due by the ticker of a real host, beside the same rows written bare; then looks at what an idle ticker costs, and how punctual it is.</summary>
internal sealed class RecurringFireBenchmark : IBenchmark
{
    private const double LeastRatio = 0.5;
    private const double MostLateMilliseconds = 100;
    private const double MostGrowthMegabytes = 8;
    private const int Rounds = 3;
    private const int PunctualSeconds = 20;
    private const int PunctualRecurrences = 20;

    public string Name => "recurring-fire";

    public string Summary =>
        "100,000 due recurrences fired at 0.5 x the same rows by bare SQL; a tick over 1,000,000 that aren't due is one look; p99 of lateness <= 100 ms (arguments: due, waiting)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var due = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 100_000;
        var waiting = args is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : 1_000_000;
        var report = new Report();
        var database = await RecurringDatabase.CreateAsync();
        await FireAsync(report, database, due);
        await IdleAsync(report, database, waiting);
        await PunctualAsync(report, database);
        return report.Verdict;
    }

    private static async Task FireAsync(Report report, RecurringDatabase database, int due)
    {
        List<double> bare = [], ratios = [];
        for (var round = 0; round <= Rounds; round++)
        {
            await database.RefillAsync(due, "now() - interval '30 seconds'");
            var floor = await new BareFiring(database.ConnectionString).DrainAsync(due);
            await database.RefillAsync(due, "now() - interval '30 seconds'");
            var rate = await DrainAsync(database, due);
            report.Require(
                await database.QueryAsync<long>("select count(*) from switchyard.occurrences where outcome = 0") == due && await database.QueryAsync<long>("select count(*) from switchyard.jobs") == due,
                $"each of {due:N0} recurrences fires once, with its job");
            Report.Print($"{(round == 0 ? "warm-up" : "round")}: bare {floor:N0}/s, tick {rate:N0}/s");
            bare.AddRange(round == 0 ? [] : [floor]);
            ratios.AddRange(round == 0 ? [] : [rate / floor]);
        }

        var kept = Report.Floor("PostgreSQL, bare rows of a firing", Report.Median(bare), RecurringLimits.BareFiring, "recurrences/s");
        report.MedianAtLeast($"{due:N0} due recurrences, tick / bare", ratios, LeastRatio, kept);
    }

    private static async Task<double> DrainAsync(RecurringDatabase database, int due)
    {
        using var host = database.CreateHost();
        var health = host.Services.GetRequiredService<IRecurringHealth>();

        // The first connection and the first plan are no part of a drain.
        await health.GetAsync(CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        await host.StartAsync();
        while (health.LastTickAt is null || (await health.GetAsync(CancellationToken.None)).Due > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        var rate = due / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await host.StopAsync();
        return rate;
    }

    private static async Task IdleAsync(Report report, RecurringDatabase database, int waiting)
    {
        await database.RefillAsync(waiting, "now() + interval '1 hour' + n * interval '1 millisecond'");
        using var host = database.CreateHost();
        await host.StartAsync();
        var health = host.Services.GetRequiredService<IRecurringHealth>();
        await TicksAsync(health, 5);
        var (scans, memory) = (await ScansAsync(database), GC.GetTotalMemory(forceFullCollection: true));
        await TicksAsync(health, 20);
        var (after, grown) = (await ScansAsync(database), GC.GetTotalMemory(forceFullCollection: true) - memory);
        await host.StopAsync();
        Report.Print($"{waiting:N0} waiting: {after.Index - scans.Index} looks into the index and {after.Sequential - scans.Sequential} sequential scans in about 20 ticks");
        report.AtMost("looks into the index for a tick", (after.Index - scans.Index) / 20.0, 1.15);
        report.AtMost("rows read for a tick", (after.Rows - scans.Rows) / 20.0, 1.15);
        report.Require(after.Sequential == scans.Sequential, $"no tick reads the table");
        report.AtMost("growth of the host's memory over 20 ticks, MB", grown / 1e6, MostGrowthMegabytes);
    }

    private static async Task TicksAsync(IRecurringHealth health, int count)
    {
        for (var tick = 0; tick < count; tick++)
        {
            var last = health.LastTickAt;
            while (health.LastTickAt == last)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private static async Task<(long Index, long Rows, long Sequential)> ScansAsync(RecurringDatabase database)
    {
        // A backend tells what it did at most once a second, and when it is idle.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        const string OfIndex = "from pg_stat_user_indexes where indexrelname = 'ix_switchyard_recurrences_due'";
        return (
            await database.QueryAsync<long>($"select idx_scan {OfIndex}"), await database.QueryAsync<long>($"select idx_tup_read {OfIndex}"),
            await database.QueryAsync<long>("select seq_scan from pg_stat_user_tables where relname = 'recurrences'"));
    }

    private static async Task PunctualAsync(Report report, RecurringDatabase database)
    {
        await database.RefillAsync(0, "now()");
        using var host = database.CreateHost();
        var jobs = host.Services.GetRequiredService<IRecurringJobs>();
        for (var i = 0; i < PunctualRecurrences; i++)
        {
            await jobs.AddOrUpdateAsync(new RecurringJobDefinition { Name = $"every-second-{i}", Expression = "* * * * * *", Kind = NoOp.Kind, Payload = "{}" });
        }

        await host.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(PunctualSeconds));
        await host.StopAsync();

        // Up to when it was there for a worker: the job is stored by the transaction that records the occurrence.
        var late = await database.ListAsync("select extract(epoch from recorded_at - first_at)::float8 * 1000 from switchyard.occurrences where outcome = 0");
        report.Require(late.Count >= PunctualRecurrences * (PunctualSeconds - 3), $"{late.Count} occurrences fired in {PunctualSeconds} s");
        report.AtMost("lateness, p99 in ms", Report.Percentile(late, 0.99), MostLateMilliseconds);
        report.Require(late.Min() >= 0, $"nothing fires before its time");
    }
}
