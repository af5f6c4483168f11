namespace Switchyard.Cron.Zones;

/// <summary>Finds the changes of a zone's offset by asking for it at many instants.</summary>
internal static class ZoneScan
{
    // No zone has had two changes within this time that leave the offset as it was.
    private const long Step = 12 * TimeSpan.TicksPerHour;

    // A change shortly before the page makes an overlap that reaches into it.
    private const long Before = 3 * TimeSpan.TicksPerDay;

    /// <summary>Reads the segments of a page, in order; the first holds its start, the last ends with it.</summary>
    public static ZoneSegment[] Read(TimeZoneInfo zone, long start, long end)
    {
        var segments = new List<ZoneSegment>();
        var from = Math.Max(0, start - Before);
        var offset = OffsetAt(zone, from);
        var segment = new ZoneSegment(from, end, offset, from + offset);
        for (var at = from; at < end - 1;)
        {
            var next = Math.Min(at + Step, end - 1);
            var nextOffset = OffsetAt(zone, next);
            if (nextOffset == segment.Offset)
            {
                at = next;
                continue;
            }

            at = FindChange(zone, at, next, segment.Offset);
            nextOffset = OffsetAt(zone, at);
            if (at > start)
            {
                segments.Add(segment with { End = at });
            }

            segment = new ZoneSegment(at, end, nextOffset, at + Math.Max(segment.Offset, nextOffset));
        }

        segments.Add(segment);
        return [.. segments];
    }

    /// <summary>Finds the first instant with another offset by halving, to the second.</summary>
    private static long FindChange(TimeZoneInfo zone, long low, long high, long offset)
    {
        low -= low % TimeSpan.TicksPerSecond;
        high += (TimeSpan.TicksPerSecond - high % TimeSpan.TicksPerSecond) % TimeSpan.TicksPerSecond;
        while (high - low > TimeSpan.TicksPerSecond)
        {
            var middle = (low + high) / 2;
            middle -= middle % TimeSpan.TicksPerSecond;
            (low, high) = OffsetAt(zone, middle) == offset ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static long OffsetAt(TimeZoneInfo zone, long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;
}
