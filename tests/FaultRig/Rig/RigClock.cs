using System.Diagnostics;

namespace Switchyard.FaultRig;

/// <summary>The machine's monotonic clock in microseconds, the same for the rig and for every process it starts.</summary>
internal static class RigClock
{
    private static readonly long WallAhead = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000 - Now;

    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    public static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Turns an instant of the database's wall clock, which is this machine's, into one of this clock.</summary>
    public static long FromWall(long microsecondsSince1970) => microsecondsSince1970 - WallAhead;
}
