namespace Switchyard.Jobs.Worker;

/// <summary>Knows how long the handler of one kind takes a slot: an average that rises more quickly than it falls.</summary>
/// <remarks>Written by many threads without a lock: a sample that gets lost is of no consequence.</remarks>
internal sealed class KindPace(string kind)
{
    private const double Rise = 0.2;
    private const double Fall = 0.1;
    private double _ticks = double.NaN;
    private long _seenAt;

    public string Kind { get; } = kind;

    /// <summary>Gets the average; <see langword="null"/> before the first run.</summary>
    public TimeSpan? Average
    {
        get
        {
            var ticks = Volatile.Read(ref _ticks);
            return double.IsNaN(ticks) ? null : TimeSpan.FromTicks((long)ticks);
        }
    }

    /// <summary>Gets or sets the monotonic time at which a job of this kind was last claimed.</summary>
    public long SeenAt
    {
        get => Volatile.Read(ref _seenAt);
        set => Volatile.Write(ref _seenAt, value);
    }

    public void Ran(TimeSpan elapsed)
    {
        var (before, now) = (Volatile.Read(ref _ticks), (double)elapsed.Ticks);
        Volatile.Write(ref _ticks, double.IsNaN(before) ? now : before + ((now > before ? Rise : Fall) * (now - before)));
    }
}
