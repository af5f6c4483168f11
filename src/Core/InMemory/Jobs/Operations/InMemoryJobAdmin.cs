using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Shows jobs and changes many of them; a change is one batch, because the one lock makes it so anyway.</summary>
internal sealed class InMemoryJobAdmin(InMemoryDatabase database) : IJobAdmin
{
    /// <inheritdoc/>
    public Task<JobPage> QueryAsync(JobFilter filter, JobId? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        OperationLimits.CheckPage(limit);
        return database.ReadAsync(
            _ =>
            {
                var rows = NewestFirst(row => (before is null || row.Job.Id.Value.CompareTo(before.Value.Value) < 0) && FilterRules.Meets(row.Job, filter), limit + 1);
                return new JobPage([.. rows.Take(limit).Select(row => row.Job)], rows.Length > limit ? rows[limit - 1].Job.Id : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<JobCount>>(
            _ => [.. database.Jobs.Counts.Where(entry => entry.Value > 0).Select(entry => new JobCount(entry.Key.Kind, entry.Key.State, entry.Value))],
            cancellationToken);

    /// <inheritdoc/>
    public Task<JobBulkResult> CancelAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(
            "cancel", filter, options, row => row.IsUnfinished && !row.Job.CancelRequested,
            (row, _, now) => database.Jobs.Cancel(row, now) != CancelOutcome.AlreadyEnded, cancellationToken);

    /// <inheritdoc/>
    public Task<JobBulkResult> ReplayAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(
            "replay", filter, options, row => row.EndedBadly && !database.Jobs.WasReplayed(row.Job),
            (row, number, now) => database.Jobs.Replay(row.Job, options.Stagger * number, now).Created, cancellationToken);

    /// <inheritdoc/>
    public Task<JobBulkResult> DiscardAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(
            "discard", filter, options, row => row.EndedBadly,
            (row, _, _) =>
            {
                database.Jobs.Remove(row.Job.Id);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobOperation>> ListOperationsAsync(int limit, CancellationToken cancellationToken)
    {
        OperationLimits.CheckPage(limit);
        return database.ReadAsync(_ => database.Operations.Latest(limit), cancellationToken);
    }

    private Task<JobBulkResult> ChangeAsync(
        string action, JobFilter filter, JobBulkOptions options, Func<JobRow, bool> qualifies, Func<JobRow, int, DateTimeOffset, bool> change, CancellationToken cancellationToken)
    {
        OperationLimits.Check(filter, options);
        return database.WriteAsync(
            now =>
            {
                var rows = NewestFirst(row => qualifies(row) && FilterRules.Meets(row.Job, filter), options.Max + 1);
                if (options.DryRun)
                {
                    return new JobBulkResult(rows.Length, 0, null);
                }

                var changed = rows.Take(options.Max).Where((row, index) => change(row, index + 1, now)).Count();
                return new JobBulkResult(
                    rows.Length, changed, database.Operations.Add(action, options.Actor, options.Reason, FilterRules.ToJson(filter), changed, now));
            },
            cancellationToken);
    }

    private JobRow[] NewestFirst(Func<JobRow, bool> meets, int limit) =>
        [.. database.Jobs.Rows.Where(meets).OrderByDescending(row => row.Job.Id.Value).Take(limit)];
}
