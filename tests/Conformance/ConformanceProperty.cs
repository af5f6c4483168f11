using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Switchyard.Conformance;

/// <summary>Runs a property with FsCheck, prints how the cases were spread, and fails when an interesting class was hardly met.</summary>
/// <remarks><c>SWITCHYARD_CASES</c> sets the number of cases; <c>SWITCHYARD_SEED</c> replays a printed seed (two numbers and a comma).</remarks>
internal static class ConformanceProperty
{
    private const double LeastShare = 0.05;
    private const int EnoughCases = 500;

    /// <summary>Runs <paramref name="body"/> on each case; it answers with the classes that the case turned out to be of.</summary>
    public static void Holds<T>(Gen<T> gen, Func<T, IEnumerable<T>> shrink, string[] interesting, Func<T, Task<IReadOnlySet<string>>> body, int cases)
    {
        var spread = new ConcurrentDictionary<string, int>();
        var total = 0;
        var property = Prop.ForAll(Arb.From(gen, shrink), value =>
        {
            // FsCheck knows no asynchronous properties; the pool thread keeps this one free of any context.
            var classes = Task.Run(() => body(value)).GetAwaiter().GetResult();
            Interlocked.Increment(ref total);
            foreach (var name in classes)
            {
                spread.AddOrUpdate(name, 1, (_, count) => count + 1);
            }
        });

        Check.One(Configuration(cases), property);
        Report(spread, total, interesting);
    }

    private static Config Configuration(int cases)
    {
        var wanted = Environment.GetEnvironmentVariable("SWITCHYARD_CASES");
        var config = Config.QuickThrowOnFailure.WithMaxTest(wanted is null ? cases : int.Parse(wanted, CultureInfo.InvariantCulture));
        var seed = Environment.GetEnvironmentVariable("SWITCHYARD_SEED")?.Split(',');
        return seed is null
            ? config
            : config.WithReplay(ulong.Parse(seed[0], CultureInfo.InvariantCulture), ulong.Parse(seed[1], CultureInfo.InvariantCulture));
    }

    private static void Report(ConcurrentDictionary<string, int> spread, int total, string[] interesting)
    {
        var lines = spread.OrderByDescending(entry => entry.Value)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{100.0 * entry.Value / total,6:F1} %  {entry.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{total} cases\n" + string.Join('\n', lines));
        foreach (var name in interesting)
        {
            var share = (double)spread.GetValueOrDefault(name) / total;

            // A share of few cases swings too much to judge by.
            Assert.True(share >= LeastShare || total < EnoughCases, $"Only {share:P1} of {total} cases were of the class '{name}'.");
        }
    }
}
