using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    public async Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        leases.Count == 0
            ? []
            : await sessions.StatementAsync(
                session => ByKey(session, sql => sql.Start).With(RowsOf(leases)).ReadAsync(JobRow.ReadLease), cancellationToken, writes: true).ConfigureAwait(false);

    public async Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        leases.Count == 0
            ? []
            : await sessions.StatementAsync(
                session => ByKey(session, sql => sql.Renew).With(RowsOf(leases)).With("lease", SqlType.BigNumber, JobRow.Microseconds(lease))
                    .ReadAsync(row => new LeaseRenewal(JobRow.ReadLease(row), row.Flag(2))),
                cancellationToken,
                writes: true).ConfigureAwait(false);

    public async Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        if (leases.Count == 0)
        {
            return 0;
        }

        var released = await sessions.WriteAsync(
            async session =>
            {
                var notify = session.Dialect.Notify is { } statement ? ";\n" + statement : "";
                var rows = await ByKey(session, sql => sql.Release + notify).With(RowsOf(leases)).ReadAsync(EndedJob.Read).ConfigureAwait(false);
                await EndAsync(session, rows).ConfigureAwait(false);
                return rows.Count;
            },
            cancellationToken).ConfigureAwait(false);
        SetSignal(released > 0);
        return released;
    }

    /// <summary>Does what follows from statements that may have ended jobs: counts them, and enqueues what their failure asks for.</summary>
    /// <returns>Whether anything was enqueued.</returns>
    private async Task<bool> EndAsync(StoreSession session, IReadOnlyList<EndedJob> jobs)
    {
        await JobTallies.AddAsync(session, jobs).ConfigureAwait(false);
        JobRequest[] followUps = [.. jobs.Select(job => job.FollowUp(timeProvider)).OfType<JobRequest>()];
        if (followUps.Length > 0)
        {
            await JobInserts.EnqueueAsync(session, followUps).ConfigureAwait(false);
        }

        return followUps.Length > 0;
    }

    private static SqlRows RowsOf(IReadOnlyList<JobLease> leases)
    {
        var distinct = leases.Distinct().ToArray();
        return JobSql.Leases().Set(Array.ConvertAll(distinct, lease => lease.JobId.Value), Array.ConvertAll(distinct, lease => lease.Token));
    }
}
