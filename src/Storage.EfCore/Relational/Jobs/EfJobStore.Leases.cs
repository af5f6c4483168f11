using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    private const string LostError = "The lease ran out before the attempt reported an outcome: its process died, hung, or lost the database.";

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.MaxJobs <= 0 || request.Kinds.Count == 0)
        {
            return [];
        }

        var (claimed, enqueued) = await sessions.WriteAsync(session => ClaimAsync(session, request), cancellationToken).ConfigureAwait(false);
        SetSignal(enqueued);
        return [.. claimed.OrderByDescending(row => row.Priority).ThenBy(row => row.Job.AvailableAt).ThenBy(row => row.Job.Lease.JobId.Value).Select(row => row.Job)];
    }

    public async Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        leases.Count == 0
            ? []
            : await sessions.StatementAsync(session => Command(session, sql => sql.Start).With(RowsOf(leases)).ReadAsync(JobRow.ReadLease), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        leases.Count == 0
            ? []
            : await sessions.StatementAsync(
                session => Command(session, sql => sql.Renew).With(RowsOf(leases)).With("lease", SqlType.BigNumber, JobRow.Microseconds(lease))
                    .ReadAsync(row => new LeaseRenewal(JobRow.ReadLease(row), row.Flag(2))),
                cancellationToken).ConfigureAwait(false);

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
                var rows = await Command(session, sql => sql.Release + notify).With(RowsOf(leases)).ReadAsync(EndedJob.Read).ConfigureAwait(false);
                await EnqueueFollowUpsAsync(session, rows).ConfigureAwait(false);
                return rows.Count;
            },
            cancellationToken).ConfigureAwait(false);
        SetSignal(released > 0);
        return released;
    }

    private async Task<(List<(ClaimedJob Job, int Priority)> Claimed, bool Enqueued)> ClaimAsync(StoreSession session, ClaimRequest request)
    {
        var lost = await Command(session, sql => sql.TakeBack)
            .With("error", SqlType.Text, LostError)
            .With("kinds", request.Kinds)
            .ReadAsync(EndedJob.Read).ConfigureAwait(false);
        var enqueued = await EnqueueFollowUpsAsync(session, lost).ConfigureAwait(false);
        var claimed = await Command(session, sql => sql.Claim)
            .With("owner", SqlType.Text, request.Owner)
            .With("kinds", request.Kinds)
            .With("max", SqlType.Number, request.MaxJobs)
            .With("start", SqlType.Number, request.StartAtOnce)
            .With("lease", SqlType.BigNumber, JobRow.Microseconds(request.Lease))
            .ReadAsync(JobRow.ReadClaimed).ConfigureAwait(false);
        return (claimed, enqueued);
    }

    private static SqlRows RowsOf(IEnumerable<JobLease> leases)
    {
        var rows = JobSql.Leases();
        foreach (var lease in leases.Distinct())
        {
            rows.Add(lease.JobId.Value, lease.Token);
        }

        return rows;
    }
}
