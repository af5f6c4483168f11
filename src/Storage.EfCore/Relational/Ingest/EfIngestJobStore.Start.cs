using System.Data.Common;
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
        catch (DbException)
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

        notifier.Notify();
        signal.Set();
        return outcome;
    }

    private static async Task<StartRunOutcome> StartAsync(StoreSession session, StartRun start)
    {
        var rows = IngestSql.Frozen();
        foreach (var file in start.Frozen)
        {
            rows.Add(StoredText.Clean(file.Key), StoredText.Clean(file.FrozenKey), file.Size);
        }

        var frozen = await session.Command(IngestSql.For(session.Dialect).Start).With("run", SqlType.Id, start.RunUid).With("job", SqlType.Id, start.JobUid)
            .With("at", SqlType.Instant, start.At).With(rows).ReadAsync(row => row.Text(0)).ConfigureAwait(false);
        if (frozen.Count < start.Frozen.Count)
        {
            // Thrown, so that the run of this transaction goes as well.
            throw new FilesFrozenException();
        }

        if (start.Enqueue.Count > 0)
        {
            await JobInserts.EnqueueAsync(session, start.Enqueue, notifies: false).ConfigureAwait(false);
        }

        return StartRunOutcome.Started;
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
