namespace Switchyard.Jobs.Running;

/// <summary>Cancels one attempt, and remembers why; the first reason stands, unless the lease is lost later.</summary>
internal sealed class JobInterruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _reason;

    public InterruptionReason Reason => (InterruptionReason)Volatile.Read(ref _reason);

    public CancellationToken Token => _source.Token;

    /// <summary>Gets or sets the place among the attempts whose time is watched; only <see cref="TimeLimits"/> touches it.</summary>
    public LinkedListNode<(JobInterruption Attempt, long Deadline)>? Watched { get; set; }

    /// <summary>Interrupts the attempt, unless it is already.</summary>
    /// <returns>Whether this call gave the reason.</returns>
    public bool Interrupt(InterruptionReason reason)
    {
        var before = Interlocked.CompareExchange(ref _reason, (int)reason, (int)InterruptionReason.None);
        if (before == (int)InterruptionReason.None)
        {
            _ = CancelAsync();
            return true;
        }

        // A handler that was cancelled already, and goes on, may still lose its lease: then it is no longer renewed.
        return reason == InterruptionReason.LeaseLost && Interlocked.Exchange(ref _reason, (int)reason) != (int)reason;
    }

    public void Dispose() => _source.Dispose();

    private async Task CancelAsync()
    {
        try
        {
            // What handlers hang on their token runs elsewhere: it may block, and the caller keeps everybody's leases.
            await _source.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A callback of the handler threw, or the attempt ended and was disposed of meanwhile. Either is over.
        }
    }
}
