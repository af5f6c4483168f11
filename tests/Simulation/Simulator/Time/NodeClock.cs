namespace Switchyard.Simulation.Time;

/// <summary>The clock of one process: its monotonic time is the virtual time, its wall clock is as wrong as the node's.</summary>
/// <param name="agenda">Virtual time.</param>
/// <param name="process">The process that the timers belong to.</param>
/// <param name="skew">By how much the wall clock is ahead.</param>
internal sealed class NodeClock(Agenda agenda, IPausable process, Func<TimeSpan> skew) : TimeProvider
{
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Epoch + agenda.Now + skew();

    public override long GetTimestamp() => agenda.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NodeTimer(agenda, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class NodeTimer(Agenda agenda, IPausable process, TimerCallback callback, object? state) : ITimer
    {
        private Happening? _next;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _next?.CallOff();
            _next = _disposed || dueTime < TimeSpan.Zero ? null : agenda.Add(dueTime, process, () => Fire(period));
            return !_disposed;
        }

        public void Dispose()
        {
            _disposed = true;
            _next?.CallOff();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(TimeSpan period)
        {
            _next = period > TimeSpan.Zero ? agenda.Add(period, process, () => Fire(period)) : null;
            callback(state);
        }
    }
}
