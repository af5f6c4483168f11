namespace Switchyard.Jobs.Recurring.Ticking;

/// <summary>Knows the store's clock by its latest answer, and says when to look again.</summary>
/// <remarks>It goes on from that answer by elapsed time, so that a jump of this machine's clock moves nothing.</remarks>
internal sealed class TickClock(TimeSpan interval, TimeProvider timeProvider)
{
    private DateTimeOffset _answer;
    private TimeSpan _half;
    private long _at;

    /// <summary>Keeps the store's clock as an answer told it, which was about half way through the call.</summary>
    public void Set(DateTimeOffset answer, long started)
    {
        _at = timeProvider.GetTimestamp();
        (_answer, _half) = (answer, timeProvider.GetElapsedTime(started, _at) / 2);
    }

    /// <summary>Gets how long it is until the next whole interval of the store's clock, or until a recurrence comes due where that is sooner.</summary>
    public TimeSpan UntilNext(DateTimeOffset? nextAt)
    {
        var now = _answer + _half + timeProvider.GetElapsedTime(_at);
        var next = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % interval.Ticks), TimeSpan.Zero) + interval;
        var wait = (nextAt > now && nextAt < next ? nextAt.Value : next) - now;

        // Timers count whole milliseconds, and cut: to look too soon would be to look twice.
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
    }
}
