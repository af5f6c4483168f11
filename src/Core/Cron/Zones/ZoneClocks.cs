using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Cron.Zones;

/// <summary>Keeps one clock per zone, for the life of the process.</summary>
internal static class ZoneClocks
{
    // By canonical id, so that it can't grow beyond the zones that there are.
    private static readonly ConcurrentDictionary<string, ZoneClock> All = new(StringComparer.Ordinal);

    /// <summary>Finds the clock of a zone.</summary>
    public static bool TryGet(string? id, [NotNullWhen(true)] out string? canonical, [NotNullWhen(true)] out ZoneClock? clock)
    {
        clock = null;
        if (!ZoneIds.TryFind(id, out canonical, out var target))
        {
            return false;
        }

        if (!All.TryGetValue(canonical, out clock))
        {
            clock = Find(canonical, target) is { } zone ? All.GetOrAdd(canonical, new ZoneClock(zone)) : null;
        }

        return clock is not null;
    }

    // UTC takes no data; and a machine may have a zone under one of its names alone.
    private static TimeZoneInfo? Find(string id, string? target) =>
        id == "UTC" ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) || target is not null && TimeZoneInfo.TryFindSystemTimeZoneById(target, out zone) ? zone
        : null;
}
