using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Ingest;

internal sealed partial class EfIngestJobStore<TContext>
{
    public async Task<StartRunOutcome> StartAsync(StartRun start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        JobRequestRules.CheckAll(start.Enqueue);
        try
        {
            await (start.Enqueue.All(request => request.DedupeKey is null)
                ? sessions.CommandAsync(session => WriteAsync(session, start, start.Enqueue), cancellationToken)
                : sessions.WriteAsync(session => WriteThenEnqueueAsync(session, start), cancellationToken)).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // A constraint let another start through first, or the database failed: the rows tell which.
            if (await sessions.ReadAsync(session => FindStandingAsync(session, start), cancellationToken).ConfigureAwait(false) is not { } standing)
            {
                throw;
            }

            return standing;
        }

        notifier.Notify();
        signal.Set();
        return StartRunOutcome.Started;
    }

    /// <summary>Writes all of it by one command. A job whose id is stored already stands for its request.</summary>
    private static Task<int> WriteAsync(StoreSession session, StartRun start, IReadOnlyList<JobRequest> enqueue)
    {
        var rows = IngestSql.Frozen();
        foreach (var file in start.Frozen)
        {
            rows.Add(StoredText.Clean(file.Key), StoredText.Clean(file.FrozenKey), file.Size);
        }

        var sql = IngestSql.For(session.Dialect).Start;
        var command = enqueue.Count == 0 ? session.Command(sql) : session.Command(sql + ";\n" + JobSql.For(session.Dialect).Insert).With(JobInserts.ToRows(enqueue));
        return command.With("run", SqlType.Id, start.RunUid).With("job", SqlType.Id, start.JobUid).With("at", SqlType.Instant, start.At)
            .With("files", SqlType.Number, start.Frozen.Count).With(rows).ExecuteAsync();
    }

    /// <summary>Writes what needs several commands: jobs whose dedupe keys others may bear.</summary>
    private static async Task<int> WriteThenEnqueueAsync(StoreSession session, StartRun start)
    {
        var written = await WriteAsync(session, start, []).ConfigureAwait(false);
        await JobInserts.EnqueueAsync(session, start.Enqueue, notifies: false).ConfigureAwait(false);
        return written;
    }

    /// <summary>Says what stored rows already mean for a start; a repeated call finds its own run.</summary>
    private static async Task<StartRunOutcome?> FindStandingAsync(StoreSession session, StartRun start)
    {
        var runs = await session.Context.Set<IngestRunEntity>().AsNoTracking()
            .Where(run => run.Uid == start.RunUid || (run.JobUid == start.JobUid && run.FinishedAt == null))
            .Select(run => run.Uid).ToListAsync(session.Cancellation).ConfigureAwait(false);
        if (runs.Count > 0)
        {
            return runs.Contains(start.RunUid) ? StartRunOutcome.Started : StartRunOutcome.AlreadyRunning;
        }

        string[] keys = [.. start.Frozen.Select(file => StoredText.Clean(file.Key))];
        var isFrozen = await session.Context.Set<IngestFileEntity>().AsNoTracking()
            .AnyAsync(file => file.JobUid == start.JobUid && file.FrozenKey != null && keys.Contains(file.Key), session.Cancellation).ConfigureAwait(false);
        return isFrozen ? StartRunOutcome.FilesChanged : null;
    }
}
