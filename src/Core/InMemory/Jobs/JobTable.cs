using System.Diagnostics.CodeAnalysis;
using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Keeps the rows of jobs, with the unfinished ones at hand. Every member needs the database's lock.</summary>
internal sealed class JobTable(TimeProvider timeProvider)
{
    private readonly Dictionary<JobId, JobRow> _rows = [];
    private readonly Dictionary<string, HashSet<JobRow>> _unfinished = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Key), JobId> _dedupeKeys = [];

    /// <summary>Gets the jobs of some kinds that have not ended, in no order.</summary>
    public IEnumerable<JobRow> Unfinished(IReadOnlyList<string> kinds) => kinds.Distinct(StringComparer.Ordinal).SelectMany(kind => _unfinished.GetValueOrDefault(kind, []));

    public bool TryGet(JobId id, [NotNullWhen(true)] out JobRow? row) => _rows.TryGetValue(id, out row);

    /// <summary>Finds the row whose current claim a lease stands for.</summary>
    public bool TryGetHeld(JobLease lease, [NotNullWhen(true)] out JobRow? row) => _rows.TryGetValue(lease.JobId, out row) && row.Bears(lease);

    /// <summary>Stores valid requests (see <see cref="JobRequestLimits"/>) unless their id or dedupe key is there already.</summary>
    public IReadOnlyList<EnqueueResult> Enqueue(IReadOnlyList<JobRequest> requests, DateTimeOffset now) =>
        [.. requests.Select(request => Enqueue(request, now))];

    public EnqueueResult Enqueue(JobRequest request, DateTimeOffset now)
    {
        if (_rows.ContainsKey(request.Id))
        {
            return new EnqueueResult(request.Id, Created: false);
        }

        if (request.DedupeKey is not null && _dedupeKeys.TryGetValue((request.Kind, request.DedupeKey), out var standing))
        {
            return new EnqueueResult(standing, Created: false);
        }

        Insert(new JobRow(ToJob(request, now)));
        return new EnqueueResult(request.Id, Created: true);
    }

    /// <summary>Takes back an insert of the same critical section.</summary>
    public void Remove(JobId id)
    {
        if (_rows.Remove(id, out var row))
        {
            Forget(row);
        }
    }

    /// <summary>Ends a job, with its follow-up.</summary>
    public void End(JobRow row, JobState end, DateTimeOffset now)
    {
        row.Started = false;
        row.Job = row.Job with { State = end, LeaseOwner = null, LeaseExpiresAt = null, FinishedAt = now };
        Forget(row);
        if (end != JobState.Succeeded && row.Job.OnFailure is { } followUp)
        {
            Enqueue(
                new JobRequest
                {
                    Id = JobId.New(timeProvider), Kind = followUp.Kind, Payload = followUp.Payload,
                    RootId = row.Job.RootId, ParentId = row.Job.Id, TraceParent = row.Job.TraceParent,
                },
                now);
        }
    }

    /// <summary>Queues a claimed job again, or ends it where somebody asked to cancel it.</summary>
    public void Requeue(JobRow row, DateTimeOffset now)
    {
        if (row.Job.CancelRequested)
        {
            End(row, JobState.Cancelled, now);
            return;
        }

        row.Started = false;
        row.Job = row.Job with { State = JobState.Queued, LeaseOwner = null, LeaseExpiresAt = null };
    }

    private void Insert(JobRow row)
    {
        _rows.Add(row.Job.Id, row);
        if (!_unfinished.TryGetValue(row.Job.Kind, out var ofKind))
        {
            _unfinished.Add(row.Job.Kind, ofKind = []);
        }

        ofKind.Add(row);
        if (row.Job.DedupeKey is { } key)
        {
            _dedupeKeys.Add((row.Job.Kind, key), row.Job.Id);
        }
    }

    private void Forget(JobRow row)
    {
        _unfinished[row.Job.Kind].Remove(row);
        if (row.Job.DedupeKey is { } key)
        {
            _dedupeKeys.Remove((row.Job.Kind, key));
        }
    }

    private static Job ToJob(JobRequest request, DateTimeOffset now) => new()
    {
        Id = request.Id, Kind = request.Kind, Payload = request.Payload, State = JobState.Queued, Priority = request.Priority,
        AvailableAt = InMemoryDatabase.WholeMicroseconds(request.NotBefore ?? now + request.Delay), MaxAttempts = request.MaxAttempts, Timeout = request.Timeout,
        DedupeKey = request.DedupeKey, ConcurrencyKey = request.ConcurrencyKey, RootId = request.RootId ?? request.Id, ParentId = request.ParentId,
        TraceParent = request.TraceParent, OnFailure = request.OnFailure, CreatedAt = now,
    };
}
