using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Counts what a rate has left, exactly: a start costs as many units as the time has ticks, and each tick brings as many as there are starts.</summary>
internal sealed class TokenBucket(JobRateLimit rate, DateTimeOffset now)
{
    private readonly Int128 _cost = rate.Per.Ticks;
    private readonly Int128 _full = (Int128)rate.Starts * rate.Per.Ticks;
    private Int128 _level = (Int128)rate.Starts * rate.Per.Ticks;
    private DateTimeOffset _at = now;

    public int Available(DateTimeOffset now)
    {
        Refill(now);
        return (int)(_level / _cost);
    }

    public void Take(DateTimeOffset now)
    {
        Refill(now);
        _level -= _cost;
    }

    /// <summary>Gets when a start will be left.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now)
    {
        Refill(now);
        var lacking = Int128.Max(0, _cost - _level);
        return now.AddTicks((long)((lacking + rate.Starts - 1) / rate.Starts));
    }

    private void Refill(DateTimeOffset now)
    {
        if (now > _at)
        {
            _level = Int128.Min(_full, _level + (Int128)(now - _at).Ticks * rate.Starts);
            _at = now;
        }
    }
}
