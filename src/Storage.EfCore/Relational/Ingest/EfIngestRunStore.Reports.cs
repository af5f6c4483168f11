using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Ingest;

internal sealed partial class EfIngestRunStore<TContext>
{
    private const int StatusLength = 256;
    private const int LogLength = 64 * 1024;

    public Task<bool> ReportAsync(Guid runUid, long fence, RunReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return sessions.WriteAsync(
            async session =>
            {
                // Also the lock that makes reports of one run wait for each other.
                var good = await session.Context.Set<IngestRunEntity>()
                    .Where(run => run.Uid == runUid && run.FinishedAt == null && run.Fence == fence)
                    .ExecuteUpdateAsync(set => set.SetProperty(run => run.Fence, fence), session.Cancellation).ConfigureAwait(false) > 0;
                if (good)
                {
                    await StoreAsync(session, runUid, report).ConfigureAwait(false);
                }

                return good;
            },
            cancellationToken);
    }

    private Task StoreAsync(StoreSession session, Guid runUid, RunReport report) => report switch
    {
        RunReport.Status status => AddStatusAsync(session, runUid, status),
        RunReport.Failure failure => IngestRunWrites.AddErrorsAsync(session, runUid, [failure.Detail]),
        RunReport.Summary summary => SetAsync(session, runUid, run => run.Summary, StoredText.Clean(summary.Json)),
        RunReport.UnmatchedIds ids => SetAsync(session, runUid, run => run.UnmatchedIds, StoredText.Clean(ids.Json)),
        RunReport.Log log => SetAsync(session, runUid, run => run.LogTail, StoredText.Clean(Tail(log.Tail))),
        _ => throw new ArgumentException($"This store doesn't know reports of the type {report.GetType().Name}.", nameof(report)),
    };

    private async Task AddStatusAsync(StoreSession session, Guid runUid, RunReport.Status status)
    {
        var (action, state) = (StoredText.Clean(status.Action, StatusLength), StoredText.Clean(status.State, StatusLength));
        var updates = session.Context.Set<IngestRunUpdateEntity>();
        if (await updates.AnyAsync(row => row.RunUid == runUid && row.Action == action && row.State == state, session.Cancellation).ConfigureAwait(false))
        {
            return;
        }

        updates.Add(new IngestRunUpdateEntity { RunUid = runUid, Action = action, State = state, ReceivedAt = timeProvider.GetUtcNow() });
        await session.Context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
    }

    private static Task<int> SetAsync(StoreSession session, Guid runUid, Expression<Func<IngestRunEntity, string?>> property, string value) =>
        session.Context.Set<IngestRunEntity>().Where(run => run.Uid == runUid)
            .ExecuteUpdateAsync(set => set.SetProperty(property, value), session.Cancellation);

    private static string Tail(string text) => text.Length <= LogLength ? text : text[^LogLength..];
}
