using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Cancels queued jobs, and asks the workers of running ones.</summary>
/// <remarks>
/// A batch passes over rows that others have locked, such as a completion's; each of those is waited for in a transaction of its
/// own. So it never holds one row while it waits for another, and can be no part of a deadlock.
/// </remarks>
internal sealed class BulkCancel(TimeProvider timeProvider) : BulkChange
{
    public override string Action => "cancel";

    public override IReadOnlyList<JobState> States => [JobState.Queued, JobState.Running];

    public override string Qualifies(SwitchyardDialect dialect) => "not cancel_requested";

    public override async Task<BulkStep> ApplyAsync(StoreSession session, IReadOnlyList<JobId> ids, int before, bool waits)
    {
        var sql = OperationSql.For(session.Dialect);
        var changed = await session.Command(waits ? sql.CancelWaiting : sql.Cancel).With(JobRemoval.RowsOf(ids)).ReadAsync(EndedJob.Read).ConfigureAwait(false);
        await JobTallies.AddEndedAsync(session, changed).ConfigureAwait(false);
        JobRequest[] followUps = [.. changed.Select(job => job.FollowUp(timeProvider)).OfType<JobRequest>()];
        if (followUps.Length > 0)
        {
            await JobInserts.EnqueueAsync(session, followUps).ConfigureAwait(false);
        }

        JobId[] rest = waits ? [] : [.. ids.Except(changed.Select(job => job.Id))];
        var missed = rest.Length == 0
            ? []
            : await session.Command(sql.Cancellable).With(JobRemoval.RowsOf(rest)).ReadAsync(row => new JobId(row.Id(0))).ConfigureAwait(false);
        return new BulkStep(changed.Count, followUps.Length > 0, [.. missed]);
    }
}
