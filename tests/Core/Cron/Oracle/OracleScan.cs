using NodaTime;
using NodaTime.TimeZones;

namespace Switchyard.Cron.Tests.Oracle;

/// <summary>Looks for the next firing by going through time; over days that don't fit in strides of two hours, over minutes that don't in one.</summary>
internal static class OracleScan
{
    /// <summary>Finds the first firing after an instant of a whole second, or null where there is none up to a limit.</summary>
    public static Instant? Next(DateTimeZone zone, OracleExpression expression, Instant after, Instant limit)
    {
        var at = after + Duration.FromSeconds(1);
        while (at <= limit)
        {
            var interval = zone.GetZoneInterval(at);
            if (Fires(zone, interval, expression, at))
            {
                return at;
            }

            at = Later(interval, expression, at);
        }

        return null;
    }

    /// <summary>Says whether an instant is one of the expression's: by what the clocks show, or by what they have just skipped.</summary>
    public static bool Fires(DateTimeZone zone, ZoneInterval interval, OracleExpression expression, Instant at)
    {
        var local = at.WithOffset(interval.WallOffset).LocalDateTime;
        if (!interval.HasStart)
        {
            return expression.Matches(local);
        }

        var shownBefore = zone.GetZoneInterval(interval.Start - Duration.Epsilon).IsoLocalEnd;
        if (expression.Matches(local) && !(expression.IsFixed && local < shownBefore))
        {
            return true;
        }

        return at == interval.Start && AnyBetween(expression, shownBefore, local);
    }

    private static bool AnyBetween(OracleExpression expression, LocalDateTime from, LocalDateTime until)
    {
        for (var local = from; local < until; local = local.PlusMinutes(1))
        {
            if (expression.MatchesMinute(local))
            {
                return true;
            }
        }

        return false;
    }

    // Never over the start of an interval: a gap ends there.
    private static Instant Later(ZoneInterval interval, OracleExpression expression, Instant at)
    {
        var local = at.WithOffset(interval.WallOffset).LocalDateTime;
        var stride = expression.MatchesMinute(local) ? Duration.FromSeconds(1)
            : expression.MatchesDate(local) || expression.MatchesDate(local.PlusHours(2)) ? Duration.FromSeconds(60 - local.Second)
            : Duration.FromHours(2) - Duration.FromSeconds(local.Second);
        return interval.HasEnd && at + stride > interval.End ? interval.End : at + stride;
    }
}
