namespace Switchyard.Simulation.Time;

/// <summary>The store's clock, in whole milliseconds. Each reading is later than the one before.</summary>
/// <remarks>
/// The store makes ids of its own (of replays and follow-ups) whose first part is this clock's millisecond and whose rest is
/// random. As no two are made in one millisecond, chance never decides their order.
/// </remarks>
internal sealed class StoreClock(Agenda agenda) : TimeProvider
{
    private static readonly DateTimeOffset Epoch = NodeClock.Epoch + TimeSpan.FromMinutes(17);
    private TimeSpan _last;
    private TimeSpan? _first;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets or sets whether the clock stands still: while the history's writer looks into the store.</summary>
    public bool IsStill { get; set; }

    /// <summary>Gets the first reading since <see cref="Begin"/>: the time that a call was judged by.</summary>
    public TimeSpan First => _first ?? _last;

    /// <summary>Begins a call.</summary>
    public void Begin() => _first = null;

    public static TimeSpan Of(DateTimeOffset instant) => instant - Epoch;

    public override DateTimeOffset GetUtcNow()
    {
        if (!IsStill)
        {
            var earliest = _last + TimeSpan.FromMilliseconds(1);
            var now = TimeSpan.FromMilliseconds(Math.Floor(agenda.Now.TotalMilliseconds));
            _last = now > earliest ? now : earliest;
            _first ??= _last;
        }

        return Epoch + _last;
    }

    public override long GetTimestamp() => agenda.Now.Ticks;
}
