using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Ingest;

/// <summary>Ends runs, whether called for by an executor or as the effect of a kernel job.</summary>
internal sealed class IngestRunWrites : IEffectApplier
{
    public bool Knows(JobEffect effect) => effect is IngestRunFinished;

    public Task ApplyAsync(StoreSession session, JobEffect effect) => FinishAsync(session, (IngestRunFinished)effect);

    /// <summary>Ends a run unless it has ended or a later attempt has taken it over; says whether it did.</summary>
    public static async Task<bool> FinishAsync(StoreSession session, IngestRunFinished end)
    {
        var status = (int)(end.Success ? IngestRunStatus.Success : IngestRunStatus.Error);
        var (engine, summary, log) = (StoredText.Clean(end.Engine), StoredText.Clean(end.Summary), StoredText.Clean(end.LogTail));
        var files = end.OutputFiles is null ? null : JsonSerializer.Serialize(end.OutputFiles);
        var ended = await session.Context.Set<IngestRunEntity>()
            .Where(run => run.Uid == end.RunUid && run.FinishedAt == null && (end.Fence == null || run.Fence == end.Fence))
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.Status, status)
                    .SetProperty(run => run.FinishedAt, end.At)
                    .SetProperty(run => run.Waiting, false)
                    .SetProperty(run => run.Engine, run => engine ?? run.Engine)
                    .SetProperty(run => run.Summary, run => summary ?? run.Summary)
                    .SetProperty(run => run.LogTail, run => log ?? run.LogTail)
                    .SetProperty(run => run.OutputFiles, run => files ?? run.OutputFiles),
                session.Cancellation)
            .ConfigureAwait(false);
        if (ended == 0 || end.Errors.Count == 0)
        {
            return ended > 0;
        }

        await AddErrorsAsync(session, end.RunUid, end.Errors).ConfigureAwait(false);
        return true;
    }

    /// <summary>Adds errors in their order.</summary>
    public static async Task AddErrorsAsync(StoreSession session, Guid runUid, IEnumerable<IngestRunError> errors)
    {
        foreach (var error in errors)
        {
            // One by one: a batch may be numbered in any order.
            session.Context.Add(IngestRows.ToEntity(runUid, error));
            await session.Context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
        }

        session.Context.ChangeTracker.Clear();
    }
}
