using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

internal sealed partial class JobTable
{
    /// <summary>Stores valid requests (see <see cref="JobRequestLimits"/>) unless their id or dedupe key is there already.</summary>
    public IReadOnlyList<EnqueueResult> Enqueue(IReadOnlyList<JobRequest> requests, DateTimeOffset now) =>
        [.. requests.Select(request => Enqueue(request, now))];

    public EnqueueResult Enqueue(JobRequest request, DateTimeOffset now) =>
        Enqueue(request, _rows.ContainsKey(request.Id) ? request.Id : _dedupeKeys.Find(request.Kind, request.DedupeKey, now), now);

    /// <summary>Enqueues an ended job again; it yields to an unfinished one only, since its own hold on the key is no reason to refuse.</summary>
    public EnqueueResult Replay(Job old, TimeSpan delay, DateTimeOffset now)
    {
        var request = new JobRequest
        {
            Id = JobId.New(timeProvider), Kind = old.Kind, Payload = old.Payload, Priority = old.Priority, MaxAttempts = old.MaxAttempts, Delay = delay,
            Timeout = old.Timeout, DedupeKey = old.DedupeKey, ConcurrencyKey = old.ConcurrencyKey, RootId = old.RootId, ParentId = old.Id,
            TraceParent = old.TraceParent, OnFailure = old.OnFailure,
        };
        return Enqueue(request, _dedupeKeys.FindUnfinished(old.Kind, old.DedupeKey), now);
    }

    public CancelOutcome Cancel(JobRow row, DateTimeOffset now)
    {
        switch (row.Job.State)
        {
            case JobState.Queued:
                End(row, JobState.Cancelled, now);
                return CancelOutcome.Cancelled;
            case JobState.Running:
                Update(row, row.Job with { CancelRequested = true });
                return CancelOutcome.Requested;
            default:
                return CancelOutcome.AlreadyEnded;
        }
    }

    /// <summary>Ends a job, with its follow-up.</summary>
    public void End(JobRow row, JobState end, DateTimeOffset now)
    {
        row.Started = false;
        Update(row, row.Job with { State = end, LeaseOwner = null, LeaseExpiresAt = null, FinishedAt = now });
        _dedupeKeys.End(row.Job);
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
        Update(row, row.Job with { State = JobState.Queued, LeaseOwner = null, LeaseExpiresAt = null });
    }

    private EnqueueResult Enqueue(JobRequest request, JobId? standing, DateTimeOffset now)
    {
        if (standing is { } id)
        {
            return new EnqueueResult(id, Created: false);
        }

        Insert(new JobRow(ToJob(request, now)));
        return new EnqueueResult(request.Id, Created: true);
    }

    private static Job ToJob(JobRequest request, DateTimeOffset now) => new()
    {
        Id = request.Id, Kind = request.Kind, Payload = request.Payload, State = JobState.Queued, Priority = request.Priority,
        AvailableAt = InMemoryDatabase.WholeMicroseconds(request.NotBefore ?? now + request.Delay), MaxAttempts = request.MaxAttempts, Timeout = request.Timeout,
        DedupeKey = request.DedupeKey,
        DedupeUntil = request is { DedupeKey: not null, DedupeFor: { } time } ? InMemoryDatabase.WholeMicroseconds(now + time) : null,
        ConcurrencyKey = request.ConcurrencyKey, RootId = request.RootId ?? request.Id, ParentId = request.ParentId,
        TraceParent = request.TraceParent, OnFailure = request.OnFailure, CreatedAt = now,
    };
}
