namespace Switchyard.Jobs;

/// <summary>Wakes the workers of this process when there may be something to claim. Losing a signal costs time, never work.</summary>
public interface IJobSignal
{
    /// <summary>Says that jobs may be due. Signals that nobody waits for are kept as one.</summary>
    void Set();

    /// <summary>Waits for a signal, or for <paramref name="atMost"/>, whichever comes first, and consumes the signal.</summary>
    Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Gets a signal for one more waiter, which is set whenever this one is: a signal is consumed by the first who waits for it.</summary>
    /// <returns>Where an implementation has none to give, itself: then one waiter is woken, and the others go by their polls.</returns>
    IJobSignal Fork() => this;
}
