namespace Switchyard.Benchmarks.Cron;

/// <summary>One way to find firing after firing on one thread, timed again and again.</summary>
/// <param name="name">What it is, for people.</param>
/// <param name="walk">Takes so many steps and returns where it came to.</param>
internal sealed class CronSeries(string name, Func<int, long> walk)
{
    private const int Steps = 400_000;

    private readonly List<double> _rates = [];

    public string Name { get; } = name;

    /// <summary>Gets the firings a second: the median of the rounds.</summary>
    public double PerSecond => Median(_rates);

    /// <summary>Gets the bytes that all recorded rounds allocated.</summary>
    public long Allocated { get; private set; }

    /// <summary>Gets how many times faster this was than another: the median over rounds that ran side by side.</summary>
    public double Over(CronSeries other) => Median(_rates.Zip(other._rates, (mine, theirs) => mine / theirs));

    public void Run(bool record)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        var end = walk(Steps);
        var elapsed = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (end == 0)
        {
            throw new InvalidOperationException("A schedule went nowhere.");
        }

        if (record)
        {
            _rates.Add(Steps / elapsed);
            Allocated += allocated;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
