using System.Globalization;
using Switchyard.Benchmarks.Jobs;
using Switchyard.TestKit;

namespace Switchyard.Benchmarks.Scheduling;

/// <summary>
/// Delivers a backlog of executions to a receiver that answers at once, against a bare <see cref="HttpClient"/> loop; then a steady
/// load to ten receivers, without and with as much to ten others that never answer.
/// </summary>
internal sealed class WebhookDeliveryBenchmark : IBenchmark
{
    private const double EnoughASecond = 1_000;
    private const double LeastOfBare = 0.4;
    private const double MostOfAlone = 1.1;
    private const int Rounds = 3;
    private const int Callers = 8;
    private const int Good = 10;
    private const int Hanging = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The default is 30 seconds. A shorter limit frees slots sooner, and lets receivers that hang be asked more often.
    private static readonly TimeSpan HangingTimeout = TimeSpan.FromSeconds(10);

    public string Name => "webhook-delivery";

    public string Summary => "deliveries at 1,000/s or 0.4 x a bare HttpClient loop; half of the receivers hanging costs the others a tenth of p99 (arguments: deliveries, seconds)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var deliveries = args is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 10_000;
        var seconds = args is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : 20;
        var report = new Report();
        using var keys = new TemporaryFolder();
        using var receivers = new ChildProcess(ReceiverProgram.Verb, $"{Good}", $"{Hanging}");
        using var worker = new ChildProcess(DeliveryProgram.Verb);
        Uri[] urls = [.. (await receivers.ReadAsync()).Skip(1).Select(port => new Uri($"http://127.0.0.1:{port}/hook"))];
        await RateAsync(report, worker, urls[0], keys.Path, deliveries);
        if (seconds > 0)
        {
            await HangingAsync(report, worker, urls, keys.Path, seconds);
        }

        return report.Verdict;
    }

    private static async Task RateAsync(Report report, ChildProcess worker, Uri receiver, string keys, int deliveries)
    {
        List<(double Bare, double Ours)> rounds = [];
        var body = DeliveryDatabase.Body.Replace("{{scheduled_at}}", "2026-01-01T00:00:00.000000Z", StringComparison.Ordinal)
            .Replace("{{job_name}}", "Measured", StringComparison.Ordinal).Replace("{{execution_id}}", $"{Guid.Empty}", StringComparison.Ordinal)
            .Replace("{{attempt}}", "1", StringComparison.Ordinal);
        for (var round = 0; round <= Rounds; round++)
        {
            var size = round == 0 ? Math.Min(deliveries, 2_000) : deliveries;
            var bare = await worker.AskAsync("bare", receiver.AbsoluteUri, body, size.ToString(CultureInfo.InvariantCulture));
            var (bareRate, bareCost) = (double.Parse(bare[1], CultureInfo.InvariantCulture), double.Parse(bare[2], CultureInfo.InvariantCulture));
            var (rate, cost, commits) = await DrainAsync(worker, receiver, keys, size);
            Report.Print($"{(round == 0 ? "warm-up" : "round")}: bare {bareRate:N0}/s, {bareCost:N0} us of processor time each; ours {rate:N0}/s, {cost:N0} us, {commits:F2} transactions each");
            rounds.AddRange(round == 0 ? [] : [(bareRate, rate)]);
        }

        var (ours, share) = (Report.Median(rounds.Select(of => of.Ours)), Report.Median(rounds.Select(of => of.Ours / of.Bare)));
        Report.Print($"bare loop, {Report.Median(rounds.Select(of => of.Bare)):N0}/s; ours {ours:N0}/s, {share:F2} x (either {EnoughASecond:N0}/s or {LeastOfBare} x is enough)");
        report.AtLeast("deliveries, share of the bound that is nearer", Math.Max(ours / EnoughASecond, share / LeastOfBare), 1);
    }

    private static async Task<(double Rate, double Microseconds, double Commits)> DrainAsync(ChildProcess worker, Uri receiver, string keys, int deliveries)
    {
        using var database = await DeliveryDatabase.CreateAsync(keys);
        var schedule = await database.ScheduleAsync([receiver]);
        await Parallel.ForAsync(0, deliveries / DeliveryDatabase.WebhooksOfSchedule, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) => await database.FireAsync(schedule));
        var stored = await database.CountAsync();
        await database.SettleAsync();
        var before = await database.CountCommitsAsync();
        var started = long.Parse((await worker.AskAsync("work", database.ConnectionString, keys))[1], CultureInfo.InvariantCulture);
        var looks = 0;
        while (await database.CountSucceededAsync() < stored)
        {
            looks++;
            await Task.Delay(Look, TimeProvider.System);
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Of {stored} executions {await database.CountSucceededAsync()} succeeded within {Patience}.");
            }
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var stopped = await worker.AskAsync("stop");
        var commits = await database.CountCommitsAsync() - before - looks;
        return (stored / elapsed.TotalSeconds, double.Parse(stopped[1], CultureInfo.InvariantCulture) / stored, commits / (double)stored);
    }

    // In turn, so that whatever else runs on the machine meets both alike.
    private static async Task HangingAsync(Report report, ChildProcess worker, Uri[] urls, string keys, int seconds)
    {
        List<(double Alone, double Beside)> rounds = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var length = round == 0 ? Math.Min(seconds, 4) : seconds;
            var alone = await SteadyAsync(worker, urls[..Good], [], keys, length);
            var beside = await SteadyAsync(worker, urls[..Good], urls[Good..], keys, length);
            Report.Print($"{(round == 0 ? "warm-up" : "round")}: alone p50 {alone.Median:F1}, p99 {alone.Tail:F1} ms; beside those that hang p50 {beside.Median:F1}, p99 {beside.Tail:F1} ms ({beside.HandedOver} handed over)");
            rounds.AddRange(round == 0 ? [] : [(alone.Tail, beside.Tail)]);
        }

        report.AtMost(
            "p99 from being due to arriving, beside receivers that hang / alone", Report.Median(rounds.Select(of => of.Beside / of.Alone)), MostOfAlone,
            rounds: $" of {string.Join(", ", rounds.Select(of => (of.Beside / of.Alone).ToString("F2", CultureInfo.InvariantCulture)))}");
    }

    private static async Task<(double Median, double Tail, long HandedOver)> SteadyAsync(ChildProcess worker, Uri[] good, Uri[] hanging, string keys, int seconds)
    {
        using var database = await DeliveryDatabase.CreateAsync(keys);
        using var client = new HttpClient();
        var answers = await database.ScheduleAsync(good);
        Guid? hangs = hanging.Length == 0 ? null : await database.ScheduleAsync(hanging, HangingTimeout);
        await worker.AskAsync("work", database.ConnectionString, keys);
        await FireAsync(database, answers, null, TimeSpan.FromSeconds(2));
        await DrainedAsync(database, answers: 20 * Good);
        await client.GetStringAsync(good[0]);
        await FireAsync(database, answers, hangs, TimeSpan.FromSeconds(seconds));
        var expected = (seconds * 10 * Good) + (20 * Good);
        await DrainedAsync(database, expected);
        var figures = (await client.GetStringAsync(good[0])).Split('\t');
        var handedOver = await database.CountHandedOverAsync();
        await worker.AskAsync("stop");
        return figures[0] == (seconds * 10 * Good).ToString(CultureInfo.InvariantCulture)
            ? (double.Parse(figures[1], CultureInfo.InvariantCulture), double.Parse(figures[2], CultureInfo.InvariantCulture), handedOver)
            : throw new InvalidOperationException($"{seconds * 10 * Good} deliveries were to arrive; {figures[0]} did.");
    }

    /// <summary>Fires ten times a second, each time for ten receivers that answer, and for ten that hang where there are any.</summary>
    private static async Task FireAsync(DeliveryDatabase database, Guid answers, Guid? hangs, TimeSpan duration)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var at = TimeSpan.Zero; at < duration; at += Pace)
        {
            if (at - TimeProvider.System.GetElapsedTime(started) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            await Task.WhenAll(database.FireAsync(answers), hangs is { } schedule ? database.FireAsync(schedule) : Task.CompletedTask);
        }
    }

    private static async Task DrainedAsync(DeliveryDatabase database, int answers)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await database.CountSucceededAsync() < answers)
        {
            await Task.Delay(Look, TimeProvider.System);
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Of {answers} executions {await database.CountSucceededAsync()} succeeded within {Patience}.");
            }
        }
    }
}
