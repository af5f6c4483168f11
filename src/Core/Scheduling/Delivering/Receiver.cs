using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Knows what the deliveries of this process have seen of the receiver of one webhook.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Nothing asks the semaphore for a wait handle, so that there is nothing to release.")]
internal sealed class Receiver(int places)
{
    private volatile TaskCompletionSource _answered = NewAnswered();
    private volatile bool _hangs;
    private int _hasFirst;
    private int _running;
    private long _movedAt;

    /// <summary>Gets the places of a receiver that answers.</summary>
    public SemaphoreSlim Places { get; } = new(places);

    /// <summary>Gets how many deliveries hold a place.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Gets whether the last attempt that ended had an answer, or was refused at once.</summary>
    public bool Answers => _answered.Task.IsCompleted;

    /// <summary>Gets whether a place may soon be free: nothing says yet that the receiver hangs.</summary>
    public bool MayWait(TimeProvider time) =>
        !_hangs && (Running == 0 || time.GetElapsedTime(Volatile.Read(ref _movedAt)) < ReceiverPlaces.Patience);

    /// <summary>Waits until an attempt has an answer, for as long as others have patience.</summary>
    public async Task WaitForAnswerAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _answered.Task.WaitAsync(ReceiverPlaces.Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller looks at how it stands now.
        }
    }

    public bool TryBeFirst() => Interlocked.CompareExchange(ref _hasFirst, 1, 0) == 0;

    public void BeFirstNoMore() => Volatile.Write(ref _hasFirst, 0);

    public void OnBegun(long now)
    {
        if (Interlocked.Increment(ref _running) == 1)
        {
            Volatile.Write(ref _movedAt, now);
        }
    }

    public void OnLeft() => Interlocked.Decrement(ref _running);

    public void OnEnded(bool hung, long now)
    {
        Volatile.Write(ref _movedAt, now);
        _hangs = hung;
        if (!hung)
        {
            _answered.TrySetResult();
        }
        else if (Answers)
        {
            _answered = NewAnswered();
        }
    }

    private static TaskCompletionSource NewAnswered() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
