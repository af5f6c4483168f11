namespace Switchyard.Cron.Zones;

/// <summary>Knows the offsets of one time zone at every instant, found by conversions from UTC alone.</summary>
/// <remarks>
/// .NET's IsInvalidTime and IsAmbiguousTime answer wrongly for zones whose winter time is the exception (Dublin, Casablanca), so gaps
/// and overlaps are taken from where the offset of UTC instants changes. Pages of some 14 years are made when they are first asked for.
/// </remarks>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    private const int PageBits = 52;

    // Far more than any zone is from UTC.
    private const long MostOffset = 26 * TimeSpan.TicksPerHour;

    private static readonly long LastTick = DateTime.MaxValue.Ticks;

    private readonly ZoneSegment[]?[] _pages = new ZoneSegment[]?[(int)(LastTick >> PageBits) + 1];

    /// <summary>Gets the segment that an instant is in.</summary>
    public ref readonly ZoneSegment At(long utc)
    {
        var page = _pages[utc >> PageBits] ?? Load(utc >> PageBits);
        var low = 0;
        for (var high = page.Length - 1; low < high;)
        {
            var middle = (low + high + 1) >> 1;
            if (page[middle].Start <= utc)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ref page[low];
    }

    /// <summary>Gets the instant of a local time: of its first pass in an overlap, and the end of the gap in a gap.</summary>
    public long ToUtc(long local)
    {
        ref readonly var segment = ref At(Math.Max(0, local - MostOffset));
        while (local >= segment.LocalEnd && segment.End <= LastTick)
        {
            segment = ref At(segment.End);
        }

        return Math.Max(local - segment.Offset, segment.Start);
    }

    private ZoneSegment[] Load(long page)
    {
        var loaded = ZoneScan.Read(zone, page << PageBits, Math.Min((page + 1) << PageBits, LastTick + 1));
        Volatile.Write(ref _pages[page], loaded);
        return loaded;
    }
}
