namespace Switchyard.Jobs.Running;

/// <summary>Interrupts attempts that reach their time limit, all by one timer: a timer for each would cost more than a small handler.</summary>
/// <remarks>The timer stands at the earliest deadline that was ever watched, and when it fires looks which is the next.</remarks>
internal sealed class TimeLimits : IDisposable
{
    // Timers take no more than 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);
    private readonly Lock _gate = new();
    private readonly LinkedList<(JobInterruption Attempt, long Deadline)> _watched = new();
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private long _firesAt = long.MaxValue;

    public TimeLimits(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _timer = timeProvider.CreateTimer(static state => ((TimeLimits)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches an attempt until <see cref="Forget"/>.</summary>
    public void Watch(JobInterruption attempt, TimeSpan limit)
    {
        limit = limit < LongestTimer ? limit : LongestTimer;
        var deadline = _timeProvider.GetTimestamp() + (long)(limit.TotalSeconds * _timeProvider.TimestampFrequency);
        lock (_gate)
        {
            attempt.Watched = _watched.AddLast((attempt, deadline));
            if (deadline < _firesAt)
            {
                _firesAt = deadline;
                _timer.Change(limit, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Forget(JobInterruption attempt)
    {
        lock (_gate)
        {
            if (attempt.Watched is { List: not null } node)
            {
                _watched.Remove(node);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            var now = _timeProvider.GetTimestamp();
            _firesAt = long.MaxValue;
            for (var node = _watched.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Deadline <= now)
                {
                    _watched.Remove(node);
                    node.Value.Attempt.Interrupt(InterruptionReason.TimedOut);
                }
                else
                {
                    _firesAt = Math.Min(_firesAt, node.Value.Deadline);
                }

                node = next;
            }

            if (_firesAt != long.MaxValue)
            {
                // A timer may fire a little early; the millisecond keeps it from being set to nothing again and again.
                var wait = _timeProvider.GetElapsedTime(now, _firesAt);
                _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
