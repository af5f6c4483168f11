using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Stores jobs in the database of a context.</summary>
internal sealed partial class EfJobStore<TContext>(StoreSessions<TContext> sessions, JobEffects effects, JobNotifier<TContext> notifier, TimeProvider timeProvider, IJobSignal signal) : IJobStore
    where TContext : DbContext
{
    public async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        JobRequestRules.CheckAll(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        var results = await sessions.WriteAsync(session => JobInserts.EnqueueAsync(session, requests, notifies: false), cancellationToken).ConfigureAwait(false);
        notifier.Notify();
        signal.Set();
        return results;
    }

    public async Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var (outcome, enqueued) = await sessions.WriteAsync(session => CancelAsync(session, id), cancellationToken).ConfigureAwait(false);
        SetSignal(enqueued);
        return outcome;
    }

    public async Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken)
    {
        var replayed = await sessions.WriteAsync(session => ReplayAsync(session, id), cancellationToken).ConfigureAwait(false);
        SetSignal(replayed is not null);
        return replayed;
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
                return (CancelOutcome.Cancelled, await EnqueueFollowUpsAsync(session, ended).ConfigureAwait(false));
            case [JobState.Running]:
                await Command(session, sql => sql.RequestCancel).With("id", SqlType.Id, id.Value).ExecuteAsync().ConfigureAwait(false);
                return (CancelOutcome.Requested, false);
            default:
                return (CancelOutcome.AlreadyEnded, false);
        }
    }

    private async Task<JobId?> ReplayAsync(StoreSession session, JobId id)
    {
        var old = await FindAsync(session, id).ConfigureAwait(false);
        if (old is null || old.State is JobState.Queued or JobState.Running or JobState.Succeeded)
        {
            return null;
        }

        var request = new JobRequest
        {
            Id = JobId.New(timeProvider),
            Kind = old.Kind,
            Payload = old.Payload,
            Priority = old.Priority,
            MaxAttempts = old.MaxAttempts,
            Timeout = old.Timeout,
            DedupeKey = old.DedupeKey,
            ConcurrencyKey = old.ConcurrencyKey,
            RootId = old.RootId,
            ParentId = old.Id,
            TraceParent = old.TraceParent,
            OnFailure = old.OnFailure,
        };
        return (await JobInserts.EnqueueAsync(session, [request]).ConfigureAwait(false))[0].Id;
    }

    private static async Task<Job?> FindAsync(StoreSession session, JobId id) =>
        (await Command(session, sql => sql.Find).With("id", SqlType.Id, id.Value).ReadAsync(JobRow.Read).ConfigureAwait(false)).FirstOrDefault();

    private async Task<bool> EnqueueFollowUpsAsync(StoreSession session, IEnumerable<EndedJob> ended)
    {
        JobRequest[] followUps = [.. ended.Select(job => job.FollowUp(timeProvider)).OfType<JobRequest>()];
        if (followUps.Length > 0)
        {
            await JobInserts.EnqueueAsync(session, followUps).ConfigureAwait(false);
        }

        return followUps.Length > 0;
    }

    private static SqlCommand Command(StoreSession session, Func<JobSql, string> statement) => session.Command(statement(JobSql.For(session.Dialect)));

    private void SetSignal(bool needed)
    {
        if (needed)
        {
            signal.Set();
        }
    }
}
