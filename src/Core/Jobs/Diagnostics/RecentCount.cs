namespace Switchyard.Jobs.Diagnostics;

/// <summary>Counts what happened within the last five to ten minutes.</summary>
internal sealed class RecentCount
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private DateTimeOffset _since;
    private int _now;
    private int _before;

    public void Add()
    {
        lock (_gate)
        {
            _now++;
        }
    }

    public int Get(TimeProvider timeProvider)
    {
        lock (_gate)
        {
            var now = timeProvider.GetUtcNow();
            if (now - _since >= Window)
            {
                // Whatever came since the last look belongs to it, however long ago that was.
                (_before, _now, _since) = (_now, 0, now);
                return _before;
            }

            return _now + _before;
        }
    }
}
