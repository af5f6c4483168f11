using Switchyard.InMemory.Jobs.Operations;

namespace Switchyard.InMemory.Jobs;

/// <summary>Walks the due jobs of one kind for one claim, and counts what its limits still allow.</summary>
internal sealed class KindBudget(KindLane lane, KindRow? kind, DateTimeOffset now)
{
    private readonly IEnumerator<JobRow> _due = lane.Due(now).GetEnumerator();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _room = kind?.Room(lane.Running, now) ?? int.MaxValue;

    public JobRow Current => _due.Current;

    // A clock that was set back leaves rows among the due ones that no longer are.
    public bool MoveNext()
    {
        while (_room > 0 && _due.MoveNext())
        {
            if (Current.Job.AvailableAt <= now)
            {
                return true;
            }
        }

        return false;
    }

    public bool Allows(JobRow row) =>
        kind?.Limits.MaxRunningPerKey is not { } limit || row.Job.ConcurrencyKey is not { } key || lane.RunningOf(key) + _taken.GetValueOrDefault(key) < limit;

    public void Take(JobRow row)
    {
        _room--;
        if (row.Job.ConcurrencyKey is { } key)
        {
            _taken[key] = _taken.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Gets when time alone may let a claim succeed: by a due time, the end of a lease, or the refill of the rate.</summary>
    public DateTimeOffset? NextAt()
    {
        if (kind?.PausedAt is not null)
        {
            return lane.NextLeaseEnd;
        }

        var refill = lane.Due(now).Any() ? kind?.Bucket?.NextAt(now) : null;
        return new[] { lane.NextLeaseEnd, lane.NextDueAt, refill }.Min();
    }
}
