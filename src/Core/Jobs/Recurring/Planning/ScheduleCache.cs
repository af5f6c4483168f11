using System.Collections.Concurrent;
using Switchyard.Cron;

namespace Switchyard.Jobs.Recurring.Planning;

/// <summary>Keeps schedules that were read, so that a tick doesn't read the same expression every time. Bounded: when it is full it starts anew.</summary>
internal sealed class ScheduleCache
{
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<(string Expression, string TimeZone), CronSchedule> _schedules = new();
    private int _count;

    /// <summary>Gets the schedule of a recurrence.</summary>
    /// <exception cref="FormatException">The expression or the zone can't be read. That is not kept: a zone may be back with the next look.</exception>
    public CronSchedule Get(Recurrence recurrence)
    {
        var key = (recurrence.Expression, recurrence.TimeZone);
        if (_schedules.TryGetValue(key, out var known))
        {
            return known;
        }

        var schedule = CronSchedule.Parse(recurrence.Expression, recurrence.TimeZone);
        if (_schedules.TryAdd(key, schedule) && Interlocked.Increment(ref _count) > MostKept)
        {
            _schedules.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return schedule;
    }
}
