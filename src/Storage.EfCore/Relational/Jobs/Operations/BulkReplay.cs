using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Enqueues jobs that ended other than by success again, as new jobs of their chains.</summary>
internal sealed class BulkReplay(TimeProvider timeProvider, TimeSpan stagger) : BulkChange
{
    public override string Action => "replay";

    public override IReadOnlyList<JobState> States => [JobState.Failed, JobState.DeadLetter, JobState.Cancelled];

    /// <remarks>A follow-up of the failure is a child too, but of another kind: it doesn't make the job one that was replayed.</remarks>
    public override string Qualifies(SwitchyardDialect dialect) =>
        $"not exists (select 1 from {dialect.Table("jobs")} c where c.root_id = j.root_id and c.root_id <> c.id and c.parent_id = j.id and c.kind = j.kind)";

    /// <remarks>Under the lock, what another call has replayed is seen by the select that follows.</remarks>
    public override Task BeginAsync(StoreSession session) => JobRemoval.LockAsync(session);

    public override async Task<BulkStep> ApplyAsync(StoreSession session, IReadOnlyList<JobId> ids, int before, bool waits)
    {
        var old = await session.Command(OperationSql.For(session.Dialect).Load).With(JobRemoval.RowsOf(ids)).ReadAsync(JobRow.Read).ConfigureAwait(false);
        if (old.Count == 0)
        {
            return new BulkStep(0, Enqueued: false, []);
        }

        JobRequest[] requests = [.. old.Select((job, index) => Replay(job, stagger * (before + index + 1)))];
        var results = await JobInserts.EnqueueAsync(session, requests).ConfigureAwait(false);
        var created = results.Count(result => result.Created);
        return new BulkStep(created, created > 0, []);
    }

    private JobRequest Replay(Job old, TimeSpan delay) => new()
    {
        Id = JobId.New(timeProvider),
        Kind = old.Kind,
        Payload = old.Payload,
        Priority = old.Priority,
        Delay = delay,
        MaxAttempts = old.MaxAttempts,
        Timeout = old.Timeout,
        DedupeKey = old.DedupeKey,
        ConcurrencyKey = old.ConcurrencyKey,
        RootId = old.RootId,
        ParentId = old.Id,
        TraceParent = old.TraceParent,
        OnFailure = old.OnFailure,
    };
}
