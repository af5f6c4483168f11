using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Keeps the history in the database of a context within bounds, and tells how the store is doing.</summary>
internal sealed class EfJobMaintenance<TContext>(StoreSessions<TContext> sessions) : IJobMaintenance
    where TContext : DbContext
{
    private const int MostPruned = 10_000;

    public Task<int> PruneAsync(JobRetention retention, int max, CancellationToken cancellationToken)
    {
        OperationRules.Check(retention);
        OperationRules.CheckLimit(max, MostPruned);
        return sessions.WriteAsync(
            async session =>
            {
                await JobRemoval.LockAsync(session).ConfigureAwait(false);
                var oldest = await FindOldestAsync(session, retention, max).ConfigureAwait(false);
                var removed = await JobRemoval.RemoveAsync(session, oldest).ConfigureAwait(false);
                await TallyCompaction.CompactAsync(session).ConfigureAwait(false);
                return removed;
            },
            cancellationToken);
    }

    public async Task<JobStoreHealth> GetHealthAsync(CancellationToken cancellationToken) =>
        (await sessions.StatementAsync(
            session => session.Command(OperationSql.For(session.Dialect).Health).ReadAsync(row => new JobStoreHealth(
                row.LongOrNull(0) is { } age ? TimeSpan.FromTicks(age * TimeSpan.TicksPerMicrosecond) : null, Math.Max(0, row.Long(1)), row.Long(2))),
            cancellationToken).ConfigureAwait(false))[0];

    private static async Task<IReadOnlyList<JobId>> FindOldestAsync(StoreSession session, JobRetention retention, int max)
    {
        var surplus = retention.MaxCount is { } most ? await CountSurplusAsync(session, most).ConfigureAwait(false) : 0;
        if (PruneSql.Select(session.Dialect, retention, surplus > 0) is not { } sql)
        {
            return [];
        }

        var command = session.Command(sql).With("max", SqlType.Number, max);
        if (retention.Ended is { } ended)
        {
            command.With("ended", SqlType.BigNumber, -JobRow.Microseconds(ended));
        }

        if (retention.Failed is { } failed)
        {
            command.With("failed", SqlType.BigNumber, -JobRow.Microseconds(failed));
        }

        if (surplus > 0)
        {
            command.With("surplus", SqlType.Number, (int)Math.Min(surplus, max));
        }

        return await command.ReadAsync(row => new JobId(row.Id(0))).ConfigureAwait(false);
    }

    /// <summary>Counts how many ended jobs there are over the bound; those whose dedupe key is taken have to stay, and don't count.</summary>
    private static async Task<long> CountSurplusAsync(StoreSession session, long most)
    {
        var sql = OperationSql.For(session.Dialect);
        var ended = await session.Command(sql.CountEnded).ReadAsync(row => row.Long(0)).ConfigureAwait(false);
        var held = await session.Command(sql.CountHeld).ReadAsync(row => row.Long(0)).ConfigureAwait(false);
        return ended[0] - held[0] - most;
    }
}
