using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Stores jobs in the database of a context.</summary>
internal sealed partial class EfJobStore<TContext>(StoreSessions<TContext> sessions, JobEffects effects, JobEnqueues<TContext> enqueues, TimeProvider timeProvider, IJobSignal signal) : IJobStore
    where TContext : DbContext
{
    private SwitchyardDialect Dialect => sessions.Dialect;

    public async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        JobRequestRules.CheckAll(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        return await enqueues.EnqueueAsync(requests, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var (outcome, enqueued) = await sessions.WriteAsync(session => CancelAsync(session, id), cancellationToken).ConfigureAwait(false);
        SetSignal(enqueued);
        return outcome;
    }

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        sessions.StatementAsync(session => FindAsync(session, id), cancellationToken);

    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return sessions.StatementAsync(
            async session =>
            {
                var waits = await Command(session, sql => sql.TimeToNext).With("kinds", kinds).ReadAsync(row => row.Long(0)).ConfigureAwait(false);
                return waits.Count == 0 ? (TimeSpan?)null : TimeSpan.FromTicks(Math.Max(0, waits[0]) * TimeSpan.TicksPerMicrosecond);
            },
            cancellationToken);
    }

    private async Task<(CancelOutcome Outcome, bool Enqueued)> CancelAsync(StoreSession session, JobId id)
    {
        var states = await Command(session, sql => sql.LockState).With("id", SqlType.Id, id.Value).ReadAsync(row => (JobState)row.Integer(0)).ConfigureAwait(false);
        switch (states)
        {
            case []:
                return (CancelOutcome.NotFound, false);
            case [JobState.Queued]:
                var ended = await Command(session, sql => sql.CancelQueued).With("id", SqlType.Id, id.Value).ReadAsync(EndedJob.Read).ConfigureAwait(false);
                return (CancelOutcome.Cancelled, await EndAsync(session, ended).ConfigureAwait(false));
            case [JobState.Running]:
                await Command(session, sql => sql.RequestCancel).With("id", SqlType.Id, id.Value).ExecuteAsync().ConfigureAwait(false);
                return (CancelOutcome.Requested, false);
            default:
                return (CancelOutcome.AlreadyEnded, false);
        }
    }

    private static async Task<Job?> FindAsync(StoreSession session, JobId id) =>
        (await Command(session, sql => sql.Find).With("id", SqlType.Id, id.Value).ReadAsync(JobRow.Read).ConfigureAwait(false)).FirstOrDefault();

    private static SqlCommand Command(StoreSession session, Func<JobSql, string> statement) => session.Command(statement(JobSql.For(session.Dialect)));

    private static SqlCommand ByKey(StoreSession session, Func<JobSql, string> statement) => session.CommandByKey(statement(JobSql.For(session.Dialect)));

    private void SetSignal(bool needed)
    {
        if (needed)
        {
            signal.Set();
        }
    }
}
