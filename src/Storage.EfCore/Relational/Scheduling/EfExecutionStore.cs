using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Scheduling;

/// <summary>Stores executions in the database of a context.</summary>
internal sealed partial class EfExecutionStore<TContext>(StoreSessions<TContext> sessions, JobNotifier<TContext> notifier, IJobSignal signal) : IExecutionStore
    where TContext : DbContext
{
    private const string HistoryLock = "switchyard-scheduling-history";

    public Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        sessions.StatementAsync(
            async session => (await Command(session, sql => sql.Find).With("id", SqlType.Id, id).ReadAsync(ExecutionRow.ReadWhole).ConfigureAwait(false)).FirstOrDefault(),
            cancellationToken);

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var executions = sessions.Dialect.Table("executions");
        var which = ExecutionFilter.Condition(query, "e");
        return sessions.ReadAsync(
            async session =>
            {
                var total = await ExecutionFilter.Bind(session.Command($"select count(*) from {executions} e where {which}"), query)
                    .ReadAsync(row => row.Long(0)).ConfigureAwait(false);
                var page = $"select {Sql.Prefixed("e", ExecutionRow.Columns)} from {executions} e where {which} order by e.created_at desc, e.id limit @limit offset @skip";
                return new ExecutionPage(
                    await ExecutionFilter.Bind(session.Command(page), query).With("limit", SqlType.Number, query.Limit).With("skip", SqlType.Number, query.Skip)
                        .ReadAsync(ExecutionRow.Read).ConfigureAwait(false),
                    total[0]);
            },
            cancellationToken);
    }

    public async Task<bool> AddAsync(IReadOnlyList<Execution> executions, IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executions);
        JobRequestRules.CheckAll(jobs);
        var added = await sessions.WriteAsync(session => AddAsync(session, executions, jobs), cancellationToken).ConfigureAwait(false);
        if (added)
        {
            Wake();
        }

        return added;
    }

    public Task<int> PruneAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        sessions.WriteAsync(
            async session =>
            {
                // One node at a time: fewer than the limit is to mean that none are left.
                await session.Dialect.LockAsync(session.Context, HistoryLock, session.Cancellation).ConfigureAwait(false);
                var old = await Command(session, sql => sql.FindOldest).With("before", SqlType.Instant, endedBefore).With("max", SqlType.Number, limit)
                    .ReadAsync(row => (Id: row.Id(0), Schedule: row.Id(1))).ConfigureAwait(false);
                var accounts = await ExecutionWrites.KeepSchedulesAsync(session, old.Select(row => row.Schedule)).ConfigureAwait(false);
                var removed = await Command(session, sql => sql.Remove).With(ExecutionWrites.IdsOf(old.Select(row => row.Id)))
                    .ReadAsync(row => (row.Id(0), row.Integer(1), row.InstantOrNull(2), row.InstantOrNull(3))).ConfigureAwait(false);
                await ExecutionTallies.RemoveAsync(session, removed, accounts).ConfigureAwait(false);
                await ExecutionTallies.CompactAsync(session).ConfigureAwait(false);
                return old.Count;
            },
            cancellationToken);

    private static async Task<bool> AddAsync(StoreSession session, IReadOnlyList<Execution> executions, IReadOnlyList<JobRequest> jobs)
    {
        Guid[] webhooks = [.. executions.Select(execution => execution.WebhookId).OfType<Guid>().Distinct()];
        var accounts = await ExecutionWrites.KeepSchedulesAsync(session, executions.Select(execution => execution.ScheduleId)).ConfigureAwait(false);
        var kept = await Command(session, sql => sql.KeepWebhooks).With(ExecutionSql.Webhooks().Set(webhooks)).ReadAsync(row => row.Id(0)).ConfigureAwait(false);
        if (kept.Count < webhooks.Length || executions.Any(execution => !accounts.ContainsKey(execution.ScheduleId)))
        {
            return false;
        }

        await ExecutionWrites.InsertAsync(session, executions, accounts).ConfigureAwait(false);
        await JobInserts.EnqueueAsync(session, jobs, notifies: false).ConfigureAwait(false);
        return true;
    }

    private void Wake()
    {
        notifier.Notify();
        signal.Set();
    }

    private static SqlCommand Command(StoreSession session, Func<ExecutionSql, string> statement) => session.Command(statement(ExecutionSql.For(session.Dialect)));
}
