namespace Switchyard.Jobs.Worker;

/// <summary>Keeps the limit of handlers at once between 1 and what is configured, by how the store answers, and at most once a second.</summary>
/// <remarks>How long handlers take never lowers it: slow work needs slots the most.</remarks>
internal sealed class AdaptiveConcurrency(int max, TimeProvider timeProvider, Action onChanged)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private long _changedAt = timeProvider.GetTimestamp();
    private readonly int _max = max;
    private int _limit = max;

    public int Limit => Volatile.Read(ref _limit);

    /// <summary>Takes note of a call to the store that is over.</summary>
    public void OnCall(TimeSpan took, bool failed)
    {
        if (!failed && took < ConcurrencyPolicy.Slow && Limit == _max)
        {
            return;
        }

        lock (_gate)
        {
            var next = ConcurrencyPolicy.Next(_limit, _max, failed, took);
            if (next == _limit || timeProvider.GetElapsedTime(_changedAt) < Pause)
            {
                return;
            }

            Volatile.Write(ref _limit, next);
            _changedAt = timeProvider.GetTimestamp();
        }

        onChanged();
    }
}
