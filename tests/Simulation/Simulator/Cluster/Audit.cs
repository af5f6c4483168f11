using Switchyard.Jobs;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <summary>Looks into the store after each call, and notes which rows became different.</summary>
internal sealed class Audit(IJobStore store, StoreClock clock, IdBook ids)
{
    // Ends are looked at now and then only: there are many of them, and a wrong change stays to be seen.
    private const int LooksBetweenEnds = 16;
    private readonly List<Job?> _jobs = [];
    private readonly List<Row?> _rows = [];
    private int _looks;

    public Row? RowOf(int job) => job < _rows.Count ? _rows[job] : null;

    public IReadOnlyList<Change> Look(bool atAll = false)
    {
        clock.IsStill = true;
        var changes = new List<Change>();
        var all = atAll || _looks++ % LooksBetweenEnds == 0;
        for (var job = 0; job < ids.RealIds.Count; job++)
        {
            if (job == _rows.Count)
            {
                _rows.Add(null);
                _jobs.Add(null);
            }

            if (all || _rows[job] is not { IsFinished: true })
            {
                Look(job, changes);
            }
        }

        clock.IsStill = false;
        return changes;
    }

    private void Look(int number, List<Change> changes)
    {
        var job = store.FindAsync(ids.RealIds[number], CancellationToken.None).GetAwaiter().GetResult();
        if (ReferenceEquals(job, _jobs[number]) || job is null)
        {
            return;
        }

        var row = ToRow(job);
        if (row != _rows[number])
        {
            changes.Add(new Change(number, _rows[number], row));
        }

        _jobs[number] = job;
        _rows[number] = row;
    }

    private Row ToRow(Job job) => new()
    {
        State = ToState(job.State),
        Attempt = job.Attempt,
        MaxAttempts = job.MaxAttempts,
        Token = job.LeaseToken,
        Owner = job.LeaseOwner,
        LeaseEnds = job.LeaseExpiresAt is { } ends ? StoreClock.Of(ends) : null,
        DueAt = StoreClock.Of(job.AvailableAt),
        CancelRequested = job.CancelRequested,
        FinishedAt = job.FinishedAt is { } finished ? StoreClock.Of(finished) : null,
        Kind = job.Kind,
        Payload = job.Payload,
        Priority = job.Priority,
        DedupeKey = job.DedupeKey,
        KeyTakenUntil = job.DedupeUntil is { } until ? StoreClock.Of(until) : null,
        Root = ids.NumberOf(job.RootId),
        Parent = job.ParentId is { } parent ? ids.NumberOf(parent) : null,
        FollowUpKind = job.OnFailure?.Kind,
        Result = job.Result,
    };

    public static RowState ToState(JobState state) => state switch
    {
        JobState.Queued => RowState.Queued,
        JobState.Running => RowState.Running,
        JobState.Succeeded => RowState.Succeeded,
        JobState.Failed => RowState.Failed,
        JobState.DeadLetter => RowState.DeadLetter,
        JobState.Cancelled => RowState.Cancelled,
        _ => throw new InvalidOperationException($"The journal knows no state {state}."),
    };
}
