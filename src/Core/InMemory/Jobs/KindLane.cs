using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Keeps the unfinished jobs of one kind in the orders that claims ask for, so that no claim sorts or searches.</summary>
internal sealed class KindLane
{
    private readonly SortedSet<JobRow> _waiting = new(JobRowOrder.Due);
    private readonly SortedSet<JobRow> _due = new(JobRowOrder.Claim);
    private readonly SortedSet<JobRow> _running = new(JobRowOrder.Lease);
    private readonly Dictionary<string, int> _runningByKey = new(StringComparer.Ordinal);

    /// <summary>Gets how many jobs are claimed.</summary>
    public int Running => _running.Count;

    /// <summary>Gets how many unfinished jobs lost their last lease.</summary>
    public int Suspects { get; private set; }

    /// <summary>Gets when the next job that isn't due yet will be.</summary>
    public DateTimeOffset? NextDueAt => _waiting.Min?.Job.AvailableAt;

    /// <summary>Gets when the next lease ends.</summary>
    public DateTimeOffset? NextLeaseEnd => _running.Min?.Job.LeaseExpiresAt;

    /// <summary>Gets how many jobs with a concurrency key are claimed.</summary>
    public int RunningOf(string key) => _runningByKey.GetValueOrDefault(key);

    /// <summary>Gets the due jobs in the order of claims.</summary>
    public IEnumerable<JobRow> Due(DateTimeOffset now)
    {
        while (_waiting.Min is { } next && next.Job.AvailableAt <= now)
        {
            _waiting.Remove(next);
            next.IsDue = true;
            _due.Add(next);
        }

        return _due;
    }

    /// <summary>Gets the claimed jobs whose lease ran out.</summary>
    public JobRow[] Lost(DateTimeOffset now) => [.. _running.TakeWhile(row => row.Job.LeaseExpiresAt <= now)];

    public void Add(JobRow row)
    {
        Suspects += row.IsSuspect ? 1 : 0;
        row.IsDue = false;
        SetOf(row).Add(row);
        CountKey(row, 1);
    }

    /// <summary>Takes a row out, before its job is replaced.</summary>
    public void Remove(JobRow row)
    {
        Suspects -= row.IsSuspect ? 1 : 0;
        SetOf(row).Remove(row);
        CountKey(row, -1);
    }

    private SortedSet<JobRow> SetOf(JobRow row) => row.Job.State == JobState.Running ? _running : row.IsDue ? _due : _waiting;

    private void CountKey(JobRow row, int by)
    {
        if (row.Job is { State: JobState.Running, ConcurrencyKey: { } key } && (_runningByKey[key] = RunningOf(key) + by) == 0)
        {
            _runningByKey.Remove(key);
        }
    }
}
