namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Makes the instants of the wire: UTC, to the microsecond.</summary>
internal static class WireInstants
{
    /// <summary>Cuts an instant to what every store keeps, so that it reads the same before and after it was stored.</summary>
    public static DateTime ToWire(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
