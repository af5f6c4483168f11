using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Stores how runs go in the database of a context.</summary>
internal sealed partial class EfIngestRunStore<TContext>(StoreSessions<TContext> sessions, TimeProvider timeProvider) : IIngestRunStore
    where TContext : DbContext
{
    public Task<IngestRunWithJob?> FindAsync(Guid runUid, CancellationToken cancellationToken) =>
        sessions.ReadAsync(session => FindAsync(session, runUid), cancellationToken);

    public Task<bool> BeginAttemptAsync(Guid runUid, long fence, bool running, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var unfinished = (IQueryable<IngestRunEntity> runs) => runs.Where(run => run.Uid == runUid && run.FinishedAt == null && run.Fence <= fence);
        return sessions.StatementAsync(
            async session =>
            {
                var runs = unfinished(session.Context.Set<IngestRunEntity>());
                return await (running
                    ? runs.ExecuteUpdateAsync(
                        set => set.SetProperty(run => run.Fence, fence)
                            .SetProperty(run => run.Waiting, false)
                            .SetProperty(run => run.Status, (int)IngestRunStatus.Running)
                            .SetProperty(run => run.StartedAt, run => run.StartedAt ?? now),
                        session.Cancellation)
                    : runs.ExecuteUpdateAsync(
                        set => set.SetProperty(run => run.HandedOutAt, run => run.Fence == fence ? run.HandedOutAt : null)
                            .SetProperty(run => run.Waiting, run => run.InitializedFence == null || run.InitializedFence != fence)
                            .SetProperty(run => run.Fence, fence),
                        session.Cancellation)).ConfigureAwait(false) > 0;
            },
            cancellationToken,
            writes: true);
    }

    public Task<bool> InitializeAsync(Guid runUid, long fence, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        return sessions.StatementAsync(
            async session => await session.Context.Set<IngestRunEntity>()
                .Where(run => run.Uid == runUid && run.FinishedAt == null && run.Fence == fence && (run.InitializedFence == null || run.InitializedFence != fence))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(run => run.InitializedFence, fence)
                        .SetProperty(run => run.Waiting, false)
                        .SetProperty(run => run.Status, (int)IngestRunStatus.Running)
                        .SetProperty(run => run.StartedAt, run => run.StartedAt ?? now),
                    session.Cancellation).ConfigureAwait(false) > 0,
            cancellationToken,
            writes: true);
    }

    public Task<bool> FinishAsync(IngestRunFinished finished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return sessions.WriteAsync(session => IngestRunWrites.FinishAsync(session, finished), cancellationToken);
    }

    public Task<IngestRunWithJob?> HandOutAsync(DateTimeOffset handedOutBefore, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        return sessions.WriteAsync(
            async session =>
            {
                var runs = session.Dialect.Table("ingest_runs");
                var sql = $"""
                    with waiting as (
                      select uid as p_uid from {runs} where waiting and finished_at is null and fence > 0
                        and (handed_out_at is null or handed_out_at < @before)
                      order by created_at, uid limit 1{session.Dialect.SkipLocked})
                    update {runs} set handed_out_at = @now from waiting where uid = p_uid
                    returning uid
                    """;
                var taken = await session.Command(sql).With("before", SqlType.Instant, handedOutBefore).With("now", SqlType.Instant, now)
                    .ReadAsync(row => row.Id(0)).ConfigureAwait(false);
                return taken.Count == 0 ? null : await FindAsync(session, taken[0]).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private static async Task<IngestRunWithJob?> FindAsync(StoreSession session, Guid runUid)
    {
        var runs = session.Context.Set<IngestRunEntity>().AsNoTracking().Where(run => run.Uid == runUid);
        var job = await session.Context.Set<IngestJobEntity>().AsNoTracking()
            .SingleOrDefaultAsync(row => runs.Any(run => run.JobUid == row.Uid), session.Cancellation).ConfigureAwait(false);
        if (job is null)
        {
            return null;
        }

        var loaded = (await IngestRows.LoadAsync(session, [job], runs).ConfigureAwait(false))[0];
        return new IngestRunWithJob(loaded.Runs[0], loaded with { Runs = [] });
    }
}
