using System.Globalization;
using Switchyard.Cron.Expressions;
using Switchyard.Cron.Zones;

namespace Switchyard.Cron.English;

/// <summary>Says what a change of the clocks does to a firing.</summary>
internal static class Remarks
{
    public static CronOccurrence Describe(long utc, ZoneClock clock, LocalOccurrences local, bool isFixed)
    {
        var segment = clock.At(utc);
        return new CronOccurrence(
            new DateTimeOffset(utc, TimeSpan.Zero),
            new DateTimeOffset(utc + segment.Offset, TimeSpan.FromTicks(segment.Offset)),
            Gap(utc, segment, clock, local) ?? SecondPass(utc, segment) ?? FirstPass(utc, segment, clock, isFixed));
    }

    private static string? Gap(long utc, ZoneSegment segment, ZoneClock clock, LocalOccurrences local)
    {
        var from = utc + clock.At(utc - 1).Offset;
        var to = segment.LocalStart;
        var first = utc == segment.Start && from < to ? local.Next(from - TimeSpan.TicksPerSecond) : LocalOccurrences.None;
        if (first >= to)
        {
            return null;
        }

        var isLong = to - from >= TimeSpan.TicksPerDay;
        var second = local.Next(first);
        var skipped = second >= to ? $"{Show(first, isLong)}, which is skipped"
            : local.Next(second) >= to ? $"{Show(first, isLong)} and {Show(second, isLong)}, which are skipped"
            : $"all its times from {Show(from, isLong)} up to {Show(to, isLong)}, which are skipped";
        return $"Stands for {skipped}: the clocks go forward from {Show(from, isLong)} to {Show(to, isLong)}.";
    }

    private static string? FirstPass(long utc, ZoneSegment segment, ZoneClock clock, bool isFixed)
    {
        var change = segment.End;
        var next = clock.At(change);
        var time = utc + segment.Offset;
        return next.Start == change && time >= next.LocalStart
            ? $"The first pass of {Show(time)}, which comes twice: the clocks go back from {Show(next.Floor)} to {Show(next.LocalStart)}.{(isFixed ? " It does not fire in the second." : "")}"
            : null;
    }

    private static string? SecondPass(long utc, ZoneSegment segment)
    {
        var time = utc + segment.Offset;
        return time < segment.Floor
            ? $"The second pass of {Show(time)}, which comes twice: the clocks went back from {Show(segment.Floor)} to {Show(segment.LocalStart)}."
            : null;
    }

    private static string Show(long local, bool withDate = false)
    {
        var time = new DateTime(local);
        return time.ToString((withDate ? "yyyy-MM-dd " : "") + (time.Second == 0 ? "HH:mm" : "HH:mm:ss"), CultureInfo.InvariantCulture);
    }
}
