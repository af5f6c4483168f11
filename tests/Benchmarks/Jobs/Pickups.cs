namespace Switchyard.Benchmarks.Jobs;

/// <summary>Measures the time from before an enqueue to the handler's first line.</summary>
internal sealed class Pickups(int jobs) : IPickups
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly long[] _enqueued = new long[jobs];
    private readonly double[] _milliseconds = new double[jobs];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = jobs;

    /// <summary>Gets what half of the pickups don't exceed, in milliseconds.</summary>
    public double Median => Report.Median(_milliseconds);

    /// <summary>Gets what 99 of 100 pickups don't exceed, in milliseconds.</summary>
    public double Tail => Report.Percentile(_milliseconds, 0.99);

    /// <summary>Says that a job is about to be enqueued.</summary>
    public void OnEnqueue(int number) => Volatile.Write(ref _enqueued[number], TimeProvider.System.GetTimestamp());

    public void OnPickup(int number)
    {
        var now = TimeProvider.System.GetTimestamp();
        var before = Interlocked.Exchange(ref _enqueued[number], 0);
        if (before != 0)
        {
            _milliseconds[number] = TimeProvider.System.GetElapsedTime(before, now).TotalMilliseconds;
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _all.TrySetResult();
            }
        }
    }

    /// <summary>Enqueues at an even pace, and waits until every job was picked up.</summary>
    /// <param name="times">How often.</param>
    /// <param name="pace">How far apart. A call that takes longer delays those after it no further than it must.</param>
    /// <param name="enqueueAsync">Enqueues the jobs of one time; it must not wait for their pickup.</param>
    public async Task RunAsync(int times, TimeSpan pace, Func<int, Task> enqueueAsync)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var time = 0; time < times; time++)
        {
            var early = (time * pace) - TimeProvider.System.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            await enqueueAsync(time);
        }

        await _all.Task.WaitAsync(Patience);
    }
}
