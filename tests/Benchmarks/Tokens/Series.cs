namespace Switchyard.Benchmarks.Tokens;

/// <summary>One operation, timed again and again on one or two threads.</summary>
internal sealed class Series(string name, int threads, Action<int, int> operation, int operations = 8_000)
{
    private readonly List<double> _rates = [];

    public string Name { get; } = name;

    /// <summary>Gets the operations a second of all threads together: the median of the rounds.</summary>
    public double PerSecond => Median(_rates);

    /// <summary>Gets how many times faster this was than another: the median over rounds that ran side by side.</summary>
    public double Over(Series other) => Median(_rates.Zip(other._rates, (mine, theirs) => mine / theirs));

    public void Run(bool record)
    {
        using var ready = new Barrier(threads + 1);
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            ready.SignalAndWait();
            for (var index = 0; index < operations; index++)
            {
                operation(thread, index % TokenBenchmarkSet.Count);
            }
        })).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        ready.SignalAndWait();
        var started = TimeProvider.System.GetTimestamp();
        Array.ForEach(workers, worker => worker.Join());
        var rate = threads * operations / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (record)
        {
            _rates.Add(rate);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
