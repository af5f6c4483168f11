using System.Globalization;
using NCrontab;
using Switchyard.Cron;

namespace Switchyard.Benchmarks.Cron;

/// <summary>Compares the next firing with NCrontab's next local time, which knows no zone.</summary>
internal sealed class CronBenchmark : IBenchmark
{
    private const double LeastRatio = 0.5;
    private const double LeastInZone = 5_000_000;
    private const double LeastShareOfReference = 0.7;
    private const int Rounds = 9;

    // What NCrontab was measured at, a second, on the machine that the bounds were set on.
    private static readonly (string Expression, double Reference)[] Cases =
    [
        ("* * * * *", 25_900_000),
        ("*/5 * * * *", 23_800_000),
        ("0 2 * * *", 23_100_000),
        ("30 4 1,15 * *", 11_700_000),
        ("0 9 * * 1-5", 17_400_000),
        ("0 0 29 2 *", 13_000_000),
        ("*/10 * * * * *", 22_400_000),
    ];

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name => "cron";

    public string Summary => "the next firing at 0.5 x NCrontab's local one in UTC, 5,000,000/s in a zone, without allocation";

    public Task<Verdict> RunAsync(string[] args)
    {
        _ = args;
        return Task.FromResult(Cases.Select(one => Measure(one.Expression, one.Reference)).ToArray().Max());
    }

    private static Verdict Measure(string expression, double reference)
    {
        var bare = new CronSeries("NCrontab, no zone", Bare(expression));
        var utc = new CronSeries("ours, UTC", Ours(expression, "UTC"));
        var zone = new CronSeries("ours, New York", Ours(expression, "America/New_York"));
        CronSeries[] all = [bare, utc, zone];

        // Rounds alternate, so that whatever else runs on the machine meets all of them alike; the first ones let the compiler settle.
        for (var round = -5; round < Rounds; round++)
        {
            Array.ForEach(all, series => series.Run(record: round >= 0));
        }

        Print($"{expression}");
        Array.ForEach(all, series => Print($"  {series.Name,-20} {series.PerSecond,12:N0}/s  {1e9 / series.PerSecond,6:F1} ns each, median of {Rounds}"));
        var isVoid = bare.PerSecond < LeastShareOfReference * reference;
        Print($"  NCrontab: {bare.PerSecond / reference:F2} of the reference {reference:N0}/s (void under {LeastShareOfReference:F1})");
        var allocated = utc.Allocated + zone.Allocated;
        return new[]
        {
            Judge($"UTC / NCrontab: {utc.Over(bare):F2} (at least {LeastRatio:F1})", utc.Over(bare) >= LeastRatio, isVoid),
            Judge($"New York: {zone.PerSecond:N0}/s, {zone.Over(bare):F2} of NCrontab (at least {LeastInZone:N0}/s)", zone.PerSecond >= LeastInZone, isVoid),
            Judge($"allocated: {allocated} bytes (none)", allocated == 0, isVoid: false),
        }.Max();
    }

    private static Func<int, long> Bare(string expression)
    {
        var schedule = CrontabSchedule.Parse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = expression.Split(' ').Length == 6 });
        var end = DateTime.MaxValue;
        var last = new DateTime(2098, 1, 1);
        return steps =>
        {
            var at = Start.DateTime;
            for (var step = 0; step < steps; step++)
            {
                at = at < last ? schedule.GetNextOccurrence(at, end) : Start.DateTime;
            }

            return at.Ticks;
        };
    }

    private static Func<int, long> Ours(string expression, string timeZone)
    {
        var schedule = CronSchedule.Parse(expression, timeZone);
        var last = new DateTimeOffset(2098, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return steps =>
        {
            var at = Start;
            for (var step = 0; step < steps; step++)
            {
                at = at < last ? schedule.Next(at)!.Value : Start;
            }

            return at.UtcTicks;
        };
    }

    private static Verdict Judge(string what, bool isMet, bool isVoid)
    {
        var verdict = isVoid ? Verdict.Void : isMet ? Verdict.Pass : Verdict.Fail;
        Print($"  {verdict.ToString().ToUpperInvariant()}  {what}");
        return verdict;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
