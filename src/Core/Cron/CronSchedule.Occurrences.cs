using Switchyard.Cron.English;
using Switchyard.Cron.Expressions;

namespace Switchyard.Cron;

/// <summary>When it fires.</summary>
public sealed partial class CronSchedule
{
    // A few days from the ends of DateTime, so that no offset leads out of it.
    private static readonly long FirstTick = new DateTime(1, 1, 3).Ticks;
    private static readonly long EndTick = new DateTime(9999, 1, 1).Ticks;

    /// <summary>Finds the first firing after an instant. It allocates nothing.</summary>
    /// <param name="after">The instant; a firing at it doesn't count. One before 3 January of the year 1 counts as that.</param>
    /// <returns>The instant with offset zero; null where it would be in the year 9999 or later.</returns>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var next = NextTick(after.UtcTicks);
        return next < EndTick ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Finds the firings between two instants, one after the other as they are asked for.</summary>
    /// <param name="after">A firing at it is left out.</param>
    /// <param name="until">A firing at it is the last. Where it isn't later than <paramref name="after"/> there are none.</param>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        for (var next = Next(after); next <= until; next = Next(next.Value))
        {
            yield return next.Value;
        }
    }

    /// <summary>Counts the firings that <see cref="Between"/> gives, without keeping them. It takes time in proportion to their number.</summary>
    /// <param name="after">A firing at it doesn't count.</param>
    /// <param name="until">A firing at it counts.</param>
    public long Count(DateTimeOffset after, DateTimeOffset until)
    {
        var last = Math.Min(until.UtcTicks, EndTick - 1);
        var count = 0L;
        for (var next = NextTick(after.UtcTicks); next <= last; next = NextTick(next))
        {
            count++;
        }

        return count;
    }

    /// <summary>Lists the next firings as people in the zone will see them.</summary>
    /// <param name="after">A firing at it is left out.</param>
    /// <param name="count">How many, 0 or more; fewer come back where schedules end (see <see cref="Next"/>).</param>
    public IReadOnlyList<CronOccurrence> Upcoming(DateTimeOffset after, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var occurrences = new List<CronOccurrence>();
        for (var next = NextTick(after.UtcTicks); next < EndTick && occurrences.Count < count; next = NextTick(next))
        {
            occurrences.Add(Remarks.Describe(next, _clock, _local, _isFixed));
        }

        return occurrences;
    }

    private long NextTick(long after)
    {
        after = Math.Max(after, FirstTick);
        if (after >= EndTick)
        {
            return LocalOccurrences.None;
        }

        ref readonly var segment = ref _clock.At(after);
        var local = after + segment.Offset;
        if (_isFixed && local < segment.Floor)
        {
            // In the second pass of an overlap: all that it repeats has fired.
            local = segment.Floor - TimeSpan.TicksPerSecond;
        }

        var next = _local.Next(local);
        return next < segment.LocalEnd ? next - segment.Offset : Beyond(segment.End, next);
    }

    /// <summary>Finds the instant of the next local time where the offset changes before it comes.</summary>
    private long Beyond(long change, long next)
    {
        if (change >= EndTick || next == LocalOccurrences.None)
        {
            return LocalOccurrences.None;
        }

        ref readonly var segment = ref _clock.At(change);
        if (!_isFixed && segment.Start == change && segment.Floor > segment.LocalStart)
        {
            // The clocks go back: what they show a second time comes before what they haven't shown yet.
            var again = _local.Next(segment.LocalStart - TimeSpan.TicksPerSecond);
            if (again < segment.Floor)
            {
                return again - segment.Offset;
            }
        }

        return _clock.ToUtc(next);
    }
}
