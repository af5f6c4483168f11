namespace Switchyard.FaultRig.Worker;

/// <summary>A wall clock that is off by a constant. Timers and timestamps are the machine's.</summary>
internal sealed class SkewedTimeProvider(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + skew;
}
