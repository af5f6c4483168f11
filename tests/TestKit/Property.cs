using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Switchyard.TestKit;

/// <summary>Checks properties with FsCheck, prints how the cases were spread, and fails when an interesting class was hardly met.</summary>
/// <remarks>
/// <c>SWITCHYARD_CASES</c> sets the number of cases (1,000); <c>SWITCHYARD_SEED</c> replays the seed that a failure printed,
/// as two numbers joined by a comma.
/// </remarks>
public static class Property
{
    private const double LeastShare = 0.05;

    /// <summary>Checks that a body asserts nothing false for any generated value.</summary>
    /// <param name="gen">Makes the values.</param>
    /// <param name="classify">Names the class of a value; each of <paramref name="interesting"/> must be at least 5 % of the cases.</param>
    /// <param name="interesting">The classes that must be met.</param>
    /// <param name="body">Asserts the property.</param>
    /// <param name="cases">How many cases, where the environment doesn't say.</param>
    public static void Holds<T>(Gen<T> gen, Func<T, string> classify, string[] interesting, Action<T> body, int cases = 1000)
    {
        var spread = new ConcurrentDictionary<string, int>();
        var property = Prop.ForAll(gen.ToArbitrary(), value =>
        {
            spread.AddOrUpdate(classify(value), 1, (_, count) => count + 1);
            body(value);
            return true;
        });

        Check.One(Configuration(cases), property);
        Report(spread, interesting);
    }

    /// <summary>Checks a property of asynchronous code.</summary>
    public static void Holds<T>(Gen<T> gen, Func<T, string> classify, string[] interesting, Func<T, Task> body, int cases = 1000) =>
        Holds(gen, classify, interesting, value => Task.Run(() => body(value)).GetAwaiter().GetResult(), cases);

    private static Config Configuration(int cases)
    {
        var wanted = Environment.GetEnvironmentVariable("SWITCHYARD_CASES");
        var config = Config.QuickThrowOnFailure.WithMaxTest(wanted is null ? cases : int.Parse(wanted, CultureInfo.InvariantCulture));
        var seed = Environment.GetEnvironmentVariable("SWITCHYARD_SEED")?.Split(',');
        return seed is null
            ? config
            : config.WithReplay(ulong.Parse(seed[0], CultureInfo.InvariantCulture), ulong.Parse(seed[1], CultureInfo.InvariantCulture));
    }

    private static void Report(ConcurrentDictionary<string, int> spread, string[] interesting)
    {
        var total = spread.Values.Sum();
        var lines = spread.OrderByDescending(entry => entry.Value)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{100.0 * entry.Value / total,6:F1} %  {entry.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
        foreach (var name in interesting)
        {
            var share = (double)spread.GetValueOrDefault(name) / total;
            Assert.True(share >= LeastShare, $"Only {share:P1} of {total} cases were of the class '{name}'.");
        }
    }
}
