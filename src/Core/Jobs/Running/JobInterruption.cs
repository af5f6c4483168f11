namespace Switchyard.Jobs.Running;

/// <summary>Cancels one attempt, and remembers why; the first reason stands.</summary>
internal sealed class JobInterruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private int _reason;

    public InterruptionReason Reason => (InterruptionReason)Volatile.Read(ref _reason);

    public CancellationToken Token => _source.Token;

    /// <summary>Interrupts the attempt, unless it is already.</summary>
    /// <returns>Whether this call did.</returns>
    public bool Interrupt(InterruptionReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)InterruptionReason.None) != (int)InterruptionReason.None)
        {
            return false;
        }

        _ = CancelAsync();
        return true;
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
