using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>A claim of this process, from its start until its outcome is written.</summary>
internal sealed class RunningJob(ClaimedJob claimed, long renewedAt) : IDisposable
{
    private long _renewedAt = renewedAt;
    private int _ended;

    public ClaimedJob Claimed { get; } = claimed;

    public JobLease Lease => Claimed.Lease;

    public JobInterruption Interruption { get; } = new();

    /// <summary>Gets or sets the monotonic time just before the call that last set the lease.</summary>
    public long RenewedAt
    {
        get => Volatile.Read(ref _renewedAt);
        set => Volatile.Write(ref _renewedAt, value);
    }

    /// <summary>Gets whether the attempt is over for this process, and its outcome waits to be written.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) == 1;

    /// <summary>Gets or sets how long the handler ran.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Ends the attempt for this process.</summary>
    /// <returns>Whether this call did; only one may write an outcome.</returns>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;

    public void Dispose() => Interruption.Dispose();
}
