using Switchyard.Jobs.Running;

namespace Switchyard.Jobs.Worker;

/// <summary>A claim of this process, from its claim until its outcome is written.</summary>
internal sealed class RunningJob(ClaimedJob claimed, KindPace pace, long renewedAt) : IDisposable
{
    private long _renewedAt = renewedAt;
    private int _ended;

    public ClaimedJob Claimed { get; } = claimed;

    public JobLease Lease => Claimed.Lease;

    /// <summary>Gets whether no attempt follows this one.</summary>
    public bool IsLastAttempt => Claimed.Attempt >= Claimed.MaxAttempts;

    public KindPace Pace { get; } = pace;

    public JobInterruption Interruption { get; } = new();

    /// <summary>Gets or sets what the handler reports; <see langword="null"/> before it runs, and where nobody keeps it.</summary>
    public AttemptProgress? Progress { get; set; }

    /// <summary>Gets or sets the monotonic time just before the call that last set the lease.</summary>
    public long RenewedAt
    {
        get => Volatile.Read(ref _renewedAt);
        set => Volatile.Write(ref _renewedAt, value);
    }

    /// <summary>Gets or sets the monotonic time since which the job waits for a slot.</summary>
    public long BufferedAt { get; set; }

    /// <summary>Gets whether the attempt is over for this process, and its outcome waits to be written.</summary>
    public bool HasEnded => Volatile.Read(ref _ended) == 1;

    /// <summary>Gets or sets how long the handler ran; <see langword="null"/> where it never did.</summary>
    public TimeSpan? Elapsed { get; set; }

    /// <summary>Ends the attempt for this process.</summary>
    /// <returns>Whether this call did; only one may write an outcome.</returns>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;

    public void Dispose() => Interruption.Dispose();
}
