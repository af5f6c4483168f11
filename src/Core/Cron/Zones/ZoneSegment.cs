namespace Switchyard.Cron.Zones;

/// <summary>Represents a stretch of time in which a zone has one offset; all in ticks.</summary>
/// <param name="Start">The UTC instant from which on it holds.</param>
/// <param name="End">The UTC instant at which it ends, or is cut by the end of a page.</param>
/// <param name="Offset">What is added to UTC.</param>
/// <param name="Floor">The local time from which on clocks show what they haven't shown before: later than the local start after an overlap.</param>
internal readonly record struct ZoneSegment(long Start, long End, long Offset, long Floor)
{
    public long LocalStart => Start + Offset;

    public long LocalEnd => End + Offset;
}
