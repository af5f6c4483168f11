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

        // Those with dedupe keys one by one: an ended job may hold its key for a time, and the new one takes it over.
        var delays = old.Select((job, index) => (Job: job, Delay: stagger * (before + index + 1))).ToLookup(pair => pair.Job.DedupeKey is null);
        var results = await JobInserts.EnqueueAsync(session, [.. delays[true].Select(pair => JobReplays.Like(pair.Job, pair.Delay, timeProvider))]).ConfigureAwait(false);
        var created = results.Count(result => result.Created);
        foreach (var (job, delay) in delays[false])
        {
            created += (await JobReplays.EnqueueAsync(session, job, delay, timeProvider).ConfigureAwait(false)).Created ? 1 : 0;
        }

        return new BulkStep(created, created > 0, []);
    }
}
