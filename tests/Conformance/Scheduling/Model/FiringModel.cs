using Switchyard.Scheduling;

namespace Switchyard.Conformance.Scheduling.Model;

/// <summary>Keeps what the ports promise of one firing, in plain code that shares nothing with any store.</summary>
internal sealed class FiringModel
{
    private readonly SortedDictionary<int, ModelAttempt> _attempts = [];

    public Guid Root { get; } = Guid.NewGuid();

    public IReadOnlyDictionary<int, ModelAttempt> Attempts => _attempts;

    private ModelAttempt? Last => _attempts.Count == 0 ? null : _attempts.Values.Last();

    public void Queue(DateTimeOffset now) => _attempts.TryAdd(1, new ModelAttempt(ExecutionStatus.Queued, now, null, null));

    public bool Begin(int attempt, DateTimeOffset now)
    {
        if (Last is not { } last || _attempts.Keys.Last() > attempt)
        {
            return false;
        }

        var isThere = _attempts.ContainsKey(attempt);
        if (isThere ? last.IsEnded : last.Status is ExecutionStatus.Success or ExecutionStatus.DeadLetter)
        {
            return false;
        }

        if (!isThere && !last.IsEnded)
        {
            _attempts[_attempts.Keys.Last()] = last with { Status = ExecutionStatus.Failure, FinishedAt = now };
        }

        _attempts[attempt] = new ModelAttempt(ExecutionStatus.Running, isThere ? last.CreatedAt : now, now, null);
        return true;
    }

    public bool End(int? attempt, ExecutionStatus status, bool retries, DateTimeOffset now)
    {
        if (Last is not { IsEnded: false } last || (attempt ?? _attempts.Keys.Last()) != _attempts.Keys.Last())
        {
            return false;
        }

        var number = _attempts.Keys.Last();
        _attempts[number] = last with { Status = status, FinishedAt = now };
        if (retries)
        {
            _attempts.Add(number + 1, new ModelAttempt(ExecutionStatus.Queued, now, null, null));
        }

        return true;
    }

    public ReplayStatus Replay(DateTimeOffset now)
    {
        var status = Last switch
        {
            null => ReplayStatus.NotFound,
            { IsEnded: false } => ReplayStatus.Unfinished,
            { Status: ExecutionStatus.Success } => ReplayStatus.Succeeded,
            _ => ReplayStatus.Replayed,
        };
        if (status == ReplayStatus.Replayed)
        {
            _attempts.Add(_attempts.Keys.Last() + 1, new ModelAttempt(ExecutionStatus.Queued, now, null, null));
        }

        return status;
    }

    public int Prune(DateTimeOffset before)
    {
        int[] old = [.. _attempts.Where(attempt => attempt.Value.FinishedAt < before).Select(attempt => attempt.Key)];
        Array.ForEach(old, attempt => _attempts.Remove(attempt));
        return old.Length;
    }
}

/// <summary>Represents what is known of an attempt.</summary>
internal sealed record ModelAttempt(ExecutionStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    public bool IsEnded => Status is not (ExecutionStatus.Queued or ExecutionStatus.Running);
}
