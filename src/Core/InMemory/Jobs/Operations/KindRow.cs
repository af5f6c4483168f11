using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Holds what holds for a kind, and what its rate has left.</summary>
internal sealed class KindRow(string kind)
{
    public JobKindLimits Limits { get; private set; } = JobKindLimits.None;

    public TokenBucket? Bucket { get; private set; }

    public DateTimeOffset? PausedAt { get; private set; }

    private string? PausedBy { get; set; }

    private string? PauseReason { get; set; }

    /// <summary>Gets whether anything is set that a list would show.</summary>
    public bool IsSet => PausedAt is not null || Limits != JobKindLimits.None;

    /// <summary>Sets the limits. The same rate keeps what it has left, so that a host that starts again gets no second burst.</summary>
    public void SetLimits(JobKindLimits limits, DateTimeOffset now)
    {
        if (limits.Rate != Limits.Rate)
        {
            Bucket = limits.Rate is { } rate ? new TokenBucket(rate, now) : null;
        }

        Limits = limits;
    }

    public void Pause(string actor, string reason, DateTimeOffset now) => (PausedAt, PausedBy, PauseReason) = (now, actor, reason);

    public void Resume() => (PausedAt, PausedBy, PauseReason) = (null, null, null);

    /// <summary>Gets how many more jobs may be claimed now.</summary>
    public int Room(int running, DateTimeOffset now)
    {
        if (PausedAt is not null)
        {
            return 0;
        }

        return Math.Min(Limits.MaxRunning is { } most ? most - running : int.MaxValue, Bucket?.Available(now) ?? int.MaxValue);
    }

    public JobKind ToRecord() => new() { Kind = kind, Limits = Limits, PausedAt = PausedAt, PausedBy = PausedBy, PauseReason = PauseReason };
}
