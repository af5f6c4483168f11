using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

internal sealed partial class EfJobAdmin<TContext>
{
    // Long enough to be worth a commit, short enough to hold nobody up.
    private const int BatchSize = 500;

    private async Task<JobBulkResult> ChangeAsync(JobFilter filter, JobBulkOptions options, BulkChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        OperationRules.Check(options);
        var states = filter.States is null ? change.States : [.. change.States.Intersect(filter.States)];
        var select = new JobFilterSql(filter with { States = states }, change.Qualifies(sessions.Dialect));
        var matched = select.IsEmpty ? 0 : await CountMatchedAsync(select, options.Max + 1, cancellationToken).ConfigureAwait(false);
        if (options.DryRun)
        {
            return new JobBulkResult(matched, 0, null);
        }

        var id = Guid.CreateVersion7(timeProvider.GetUtcNow());
        var run = new BulkRun { Exhausted = select.IsEmpty };
        do
        {
            var from = run;
            run = await sessions.WriteAsync(
                async session =>
                {
                    var to = await StepAsync(session, change, select, options.Max, from).ConfigureAwait(false);
                    if (to.IsDone)
                    {
                        await OperationRecord.AddAsync(session, id, change.Action, (options.Actor, options.Reason), JobFilterText.Of(filter), to.Changed).ConfigureAwait(false);
                    }

                    return to;
                },
                cancellationToken).ConfigureAwait(false);
            if (run.Enqueued)
            {
                signal.Set();
            }
        }
        while (!run.IsDone);

        return new JobBulkResult(matched, run.Changed, id);
    }

    private static async Task<BulkRun> StepAsync(StoreSession session, BulkChange change, JobFilterSql select, int max, BulkRun run)
    {
        if (run.Missed is [var missed, .. var rest])
        {
            var one = await change.ApplyAsync(session, [missed], run.Selected, waits: true).ConfigureAwait(false);
            return run with { Changed = run.Changed + one.Changed, Enqueued = one.Enqueued, Missed = rest };
        }

        if (run.Exhausted)
        {
            return run;
        }

        await change.BeginAsync(session).ConfigureAwait(false);
        var size = Math.Min(BatchSize, max - run.Selected);

        // One more than is changed tells whether this is the last batch, with which the operation is recorded.
        var page = await select.Bind(session.Command(select.Select(session.Dialect, "id", run.Before is not null)), run.Before, size + 1)
            .ReadAsync(row => new JobId(row.Id(0))).ConfigureAwait(false);
        var batch = page.Count > size ? page[..size] : page;
        var step = batch.Count == 0 ? new BulkStep(0, false, []) : await change.ApplyAsync(session, batch, run.Selected, waits: false).ConfigureAwait(false);
        return new BulkRun
        {
            Before = batch.Count == 0 ? run.Before : batch[^1],
            Selected = run.Selected + batch.Count,
            Changed = run.Changed + step.Changed,
            Exhausted = page.Count <= size || run.Selected + batch.Count >= max,
            Missed = step.Missed,
            Enqueued = step.Enqueued,
        };
    }

    private async Task<long> CountMatchedAsync(JobFilterSql select, int limit, CancellationToken cancellationToken) =>
        (await sessions.StatementAsync(
            session => select.Bind(session.Command($"select count(*) from ({select.Select(session.Dialect, "id", after: false)}) m"), null, limit).ReadAsync(row => row.Long(0)),
            cancellationToken).ConfigureAwait(false))[0];
}
