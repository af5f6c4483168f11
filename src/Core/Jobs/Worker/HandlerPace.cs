using System.Collections.Concurrent;

namespace Switchyard.Jobs.Worker;

/// <summary>Estimates how long the next jobs will take their slots, from the kinds that were claimed of late.</summary>
internal sealed class HandlerPace(TimeProvider timeProvider)
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, KindPace> _kinds = new(StringComparer.Ordinal);

    /// <summary>Gets the pace of a kind of which a job was just claimed.</summary>
    public KindPace Claimed(string kind, long now)
    {
        var pace = _kinds.GetOrAdd(kind, static kind => new KindPace(kind));
        pace.SeenAt = now;
        return pace;
    }

    /// <summary>Gets the longest average of the kinds of late: nobody knows which of them comes next.</summary>
    /// <returns><see langword="null"/> where there is none, or one of them has not run yet.</returns>
    public TimeSpan? Estimate()
    {
        TimeSpan? longest = null;
        foreach (var (_, pace) in _kinds)
        {
            if (timeProvider.GetElapsedTime(pace.SeenAt) > Late)
            {
                continue;
            }

            if (pace.Average is not { } average)
            {
                return null;
            }

            longest = longest > average ? longest : average;
        }

        return longest;
    }
}
