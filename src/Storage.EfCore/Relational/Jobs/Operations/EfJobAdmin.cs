using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Looks at the jobs that are stored in the database of a context, and changes many at once.</summary>
internal sealed partial class EfJobAdmin<TContext>(StoreSessions<TContext> sessions, TimeProvider timeProvider, IJobSignal signal) : IJobAdmin
    where TContext : DbContext
{
    public async Task<JobPage> QueryAsync(JobFilter filter, JobId? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        OperationRules.CheckLimit(limit);
        var select = new JobFilterSql(filter);
        if (select.IsEmpty)
        {
            return new JobPage([], null);
        }

        var jobs = await sessions.StatementAsync(
            session => select.Bind(session.Command(select.Select(session.Dialect, JobRow.Columns, before is not null)), before, limit + 1).ReadAsync(JobRow.Read),
            cancellationToken).ConfigureAwait(false);
        return jobs.Count <= limit ? new JobPage(jobs, null) : new JobPage(jobs[..limit], jobs[limit - 1].Id);
    }

    public async Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await sessions.StatementAsync(
            session => session.Command(OperationSql.For(session.Dialect).Count).ReadAsync(row => new JobCount(row.Text(0), (JobState)row.Integer(1), row.Long(2))),
            cancellationToken).ConfigureAwait(false);
        return [.. counts.OrderBy(count => count.Kind, StringComparer.Ordinal).ThenBy(count => count.State)];
    }

    public Task<JobBulkResult> CancelAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(filter, options, new BulkCancel(timeProvider), cancellationToken);

    public Task<JobBulkResult> ReplayAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(filter, options, new BulkReplay(timeProvider, options?.Stagger ?? TimeSpan.Zero), cancellationToken);

    public Task<JobBulkResult> DiscardAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(filter, options, new BulkDiscard(), cancellationToken);

    public async Task<IReadOnlyList<JobOperation>> ListOperationsAsync(int limit, CancellationToken cancellationToken)
    {
        OperationRules.CheckLimit(limit);
        return await sessions.StatementAsync(
            session => session.Command(OperationSql.For(session.Dialect).ListOperations).With("limit", SqlType.Number, limit).ReadAsync(ReadOperation),
            cancellationToken).ConfigureAwait(false);
    }

    private static JobOperation ReadOperation(SqlReader row) => new()
    {
        Id = row.Id(0),
        Action = row.Text(1),
        Actor = row.Text(2),
        Reason = row.Text(3),
        Target = row.Text(4),
        Changed = row.Long(5),
        At = row.Instant(6),
    };
}
