using System.Globalization;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>Prints figures and what they come to, and keeps the verdict.</summary>
internal sealed class Report
{
    private const double LeastShareOfReference = 0.7;
    private const int LeastRounds = 3;

    /// <summary>Gets the worst of what was printed.</summary>
    public Verdict Verdict { get; private set; }

    public static void Print(FormattableString line) => Console.WriteLine("  " + line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Gets the middle of some figures.</summary>
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    /// <summary>Gets the figure that a share of the others doesn't exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>Prints a comparator's rate beside what it was where the bounds were set.</summary>
    /// <returns>Whether the machine gave it enough for a ratio to mean something.</returns>
    public static bool Floor(string what, double rate, double reference, string unit) => Floor(what, rate, reference, unit, rate / reference);

    /// <summary>Prints a comparator's time beside what it was where the bounds were set.</summary>
    /// <returns>Whether the machine gave it enough for a ratio to mean something.</returns>
    public static bool FloorTime(string what, double milliseconds, double reference) => Floor(what, milliseconds, reference, "ms", reference / milliseconds);

    /// <summary>Judges a figure that must not be smaller than a bound; void where the comparator fell short of its floor.</summary>
    public void AtLeast(string what, double value, double bound, bool floorKept = true, string rounds = "") => Judge(what, value, bound, "at least", value >= bound, floorKept, rounds);

    /// <summary>Judges a figure that must not be larger than a bound; void where the comparator fell short of its floor.</summary>
    public void AtMost(string what, double value, double bound, bool floorKept = true, string rounds = "") => Judge(what, value, bound, "at most", value <= bound, floorKept, rounds);

    /// <summary>Judges the median of the rounds' ratios.</summary>
    public void MedianAtLeast(string what, IReadOnlyList<double> ratios, double bound, bool floorKept) =>
        AtLeast(what, Median(ratios), bound, floorKept && ratios.Count >= LeastRounds, $" of {string.Join(", ", ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)))}");

    /// <summary>Fails for something other than a figure.</summary>
    public void Require(bool holds, FormattableString what)
    {
        if (!holds)
        {
            Verdict = Verdict.Fail;
            Print($"FAIL  {what.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private static bool Floor(string what, double value, double reference, string unit, double share)
    {
        Print($"{what}: {value:N2} {unit}, {share:F2} of the reference {reference:N2} {unit} (void under {LeastShareOfReference})");
        return share >= LeastShareOfReference;
    }

    private void Judge(string what, double value, double bound, string direction, bool kept, bool floorKept, string rounds)
    {
        var verdict = !floorKept ? Verdict.Void : kept ? Verdict.Pass : Verdict.Fail;
        Verdict = verdict > Verdict ? verdict : Verdict;
        Print($"{verdict.ToString().ToUpperInvariant(),-4}  {what}: {value:F2} ({direction} {bound:0.###}){rounds}");
    }
}
