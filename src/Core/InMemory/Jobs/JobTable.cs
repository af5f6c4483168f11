using System.Diagnostics.CodeAnalysis;
using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Keeps the rows of jobs, indexed for what is asked of them. Every member needs the database's lock.</summary>
internal sealed partial class JobTable(TimeProvider timeProvider)
{
    private readonly Dictionary<JobId, JobRow> _rows = [];
    private readonly Dictionary<string, KindLane> _lanes = new(StringComparer.Ordinal);
    private readonly SortedSet<JobRow> _ended = new(JobRowOrder.End);
    private readonly Dictionary<(string Kind, JobState State), long> _counts = [];
    private readonly Dictionary<(JobId Parent, string Kind), int> _children = [];
    private readonly Dictionary<string, int> _unfinishedByKey = new(StringComparer.Ordinal);
    private readonly DedupeKeys _dedupeKeys = new();

    /// <summary>Gets all rows, in no order.</summary>
    public IReadOnlyCollection<JobRow> Rows => _rows.Values;

    /// <summary>Gets the unfinished jobs by kind.</summary>
    public IReadOnlyDictionary<string, KindLane> Lanes => _lanes;

    /// <summary>Gets the ended jobs, oldest end first.</summary>
    public IReadOnlyCollection<JobRow> Ended => _ended;

    /// <summary>Gets how many jobs there are by kind and state.</summary>
    public IReadOnlyDictionary<(string Kind, JobState State), long> Counts => _counts;

    public bool TryGet(JobId id, [NotNullWhen(true)] out JobRow? row) => _rows.TryGetValue(id, out row);

    /// <summary>Finds the row whose current claim a lease stands for.</summary>
    public bool TryGetHeld(JobLease lease, [NotNullWhen(true)] out JobRow? row) => _rows.TryGetValue(lease.JobId, out row) && row.Bears(lease);

    /// <summary>Gets whether a job of the same kind continues or replays this one. A follow-up is of another kind, and no replay.</summary>
    public bool WasReplayed(Job job) => _children.ContainsKey((job.Id, job.Kind));

    /// <summary>Gets whether an unfinished job of any kind bears a concurrency key.</summary>
    public bool IsUnfinished(string concurrencyKey) => _unfinishedByKey.ContainsKey(concurrencyKey);

    /// <summary>Replaces the job of a row.</summary>
    public void Update(JobRow row, Job job)
    {
        Unindex(row);
        row.Job = job;
        Index(row);
    }

    /// <summary>Removes a job as if it had never been.</summary>
    public void Remove(JobId id)
    {
        if (_rows.Remove(id, out var row))
        {
            Unindex(row);
            _dedupeKeys.Remove(row.Job);
            CountChild(row.Job, -1);
        }
    }

    private void Insert(JobRow row)
    {
        _rows.Add(row.Job.Id, row);
        _dedupeKeys.Take(row.Job);
        CountChild(row.Job, 1);
        Index(row);
    }

    private void Index(JobRow row)
    {
        Count(row.Job, 1);
        if (!row.IsUnfinished)
        {
            _ended.Add(row);
            return;
        }

        if (!_lanes.TryGetValue(row.Job.Kind, out var lane))
        {
            _lanes.Add(row.Job.Kind, lane = new KindLane());
        }

        lane.Add(row);
        CountKey(row.Job, 1);
    }

    private void Unindex(JobRow row)
    {
        Count(row.Job, -1);
        if (row.IsUnfinished)
        {
            _lanes[row.Job.Kind].Remove(row);
            CountKey(row.Job, -1);
        }
        else
        {
            _ended.Remove(row);
        }
    }

    private void Count(Job job, int by) => _counts[(job.Kind, job.State)] = _counts.GetValueOrDefault((job.Kind, job.State)) + by;

    private void CountKey(Job job, int by)
    {
        if (job.ConcurrencyKey is { } key && (_unfinishedByKey[key] = _unfinishedByKey.GetValueOrDefault(key) + by) == 0)
        {
            _unfinishedByKey.Remove(key);
        }
    }

    private void CountChild(Job job, int by)
    {
        if (job.ParentId is { } parent && (_children[(parent, job.Kind)] = _children.GetValueOrDefault((parent, job.Kind)) + by) == 0)
        {
            _children.Remove((parent, job.Kind));
        }
    }
}
