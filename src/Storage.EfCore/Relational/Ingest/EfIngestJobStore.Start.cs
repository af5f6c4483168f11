using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Ingest;

internal sealed partial class EfIngestJobStore<TContext>
{
    public async Task<StartRunOutcome> StartAsync(StartRun start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        JobRequestRules.CheckAll(start.Enqueue);
        StartRunOutcome outcome;
        try
        {
            outcome = await sessions.WriteAsync(session => StartAsync(session, start), cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException)
        {
            // The unique index let another start through first, or the database failed: the rows tell which.
            if (await sessions.ReadAsync(session => FindStandingAsync(session, start), cancellationToken).ConfigureAwait(false) is not { } standing)
            {
                throw;
            }

            outcome = standing;
        }
        catch (FilesFrozenException)
        {
            return StartRunOutcome.FilesChanged;
        }

        signal.Set();
        return outcome;
    }

    private static async Task<StartRunOutcome> StartAsync(StoreSession session, StartRun start)
    {
        if (await FindStandingAsync(session, start).ConfigureAwait(false) is { } standing)
        {
            return standing;
        }

        var context = session.Context;
        var last = await context.Set<IngestRunEntity>().Where(run => run.JobUid == start.JobUid).MaxAsync(run => (int?)run.Number, session.Cancellation).ConfigureAwait(false);
        context.Add(new IngestRunEntity
        {
            Uid = start.RunUid,
            JobUid = start.JobUid,
            Number = (last ?? 0) + 1,
            Status = (int)IngestRunStatus.New,
            CreatedAt = start.At,
        });
        await context.SaveChangesAsync(session.Cancellation).ConfigureAwait(false);
        foreach (var file in start.Frozen)
        {
            await FreezeAsync(session, start.JobUid, file).ConfigureAwait(false);
        }

        if (start.Enqueue.Count > 0)
        {
            await JobInserts.EnqueueAsync(session, start.Enqueue).ConfigureAwait(false);
        }

        return StartRunOutcome.Started;
    }

    private static async Task FreezeAsync(StoreSession session, Guid jobUid, FrozenFile file)
    {
        var (key, frozen) = (StoredText.Clean(file.Key), StoredText.Clean(file.FrozenKey));
        var changed = await session.Context.Set<IngestFileEntity>()
            .Where(row => row.JobUid == jobUid && row.Key == key && row.FrozenKey == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FrozenKey, frozen).SetProperty(row => row.Size, file.Size), session.Cancellation)
            .ConfigureAwait(false);
        if (changed == 0)
        {
            // Thrown, so that the run of this transaction goes as well.
            throw new FilesFrozenException();
        }
    }

    /// <summary>Says what runs that are stored already mean for a start; a repeated call finds its own run.</summary>
    private static async Task<StartRunOutcome?> FindStandingAsync(StoreSession session, StartRun start)
    {
        var runs = await session.Context.Set<IngestRunEntity>().AsNoTracking()
            .Where(run => run.Uid == start.RunUid || (run.JobUid == start.JobUid && run.FinishedAt == null))
            .Select(run => run.Uid).ToListAsync(session.Cancellation).ConfigureAwait(false);
        return runs.Contains(start.RunUid) ? StartRunOutcome.Started : runs.Count > 0 ? StartRunOutcome.AlreadyRunning : null;
    }

    private sealed class FilesFrozenException : Exception;
}
