using Switchyard.Ingest;

namespace Switchyard.InMemory.Ingest;

/// <summary>Keeps runs in the memory of this process.</summary>
internal sealed class InMemoryIngestRunStore(InMemoryDatabase database, IngestTables tables) : IIngestRunStore
{
    /// <inheritdoc/>
    public Task<IngestRunWithJob?> FindAsync(Guid runUid, CancellationToken cancellationToken) =>
        UseAsync<IngestRunWithJob?>(runUid, WithJob, null, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> BeginAttemptAsync(Guid runUid, long fence, bool running, CancellationToken cancellationToken) =>
        UseAsync(
            runUid,
            row =>
            {
                if (row.Run.IsFinished || fence < row.Run.Fence)
                {
                    return false;
                }

                row.HandedOutAt = fence == row.Run.Fence ? row.HandedOutAt : null;
                row.Run = row.Run with { Fence = fence };
                if (running)
                {
                    Run_NeedsLock(row);
                    row.InitializedFence = fence;
                }

                return true;
            },
            false,
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> InitializeAsync(Guid runUid, long fence, CancellationToken cancellationToken) =>
        UseAsync(
            runUid,
            row =>
            {
                if (row.Run.IsFinished || row.Run.Fence != fence || row.InitializedFence == fence)
                {
                    return false;
                }

                row.InitializedFence = fence;
                Run_NeedsLock(row);
                return true;
            },
            false,
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReportAsync(Guid runUid, long fence, RunReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return UseAsync(
            runUid,
            row =>
            {
                if (row.Run.Fence != fence || (row.Run.IsFinished && report is not RunReport.Log))
                {
                    return false;
                }

                Apply(row, report);
                return true;
            },
            false,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(IngestRunFinished finished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return UseAsync(finished.RunUid, row => row.TryFinish(finished), false, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IngestRunWithJob?> HandOutAsync(DateTimeOffset handedOutBefore, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            var row = tables.Runs.Values
                .Where(candidate => candidate.Waits && !(candidate.HandedOutAt >= handedOutBefore))
                .MinBy(candidate => candidate.Order);
            if (row is null)
            {
                return Task.FromResult<IngestRunWithJob?>(null);
            }

            row.HandedOutAt = database.GetUtcNow();
            return Task.FromResult<IngestRunWithJob?>(WithJob(row));
        }
    }

    private static void Apply(IngestRunRow row, RunReport report)
    {
        switch (report)
        {
            case RunReport.Status status:
                row.Statuses.Add((row.Run.Fence, status.Action, status.State));
                break;
            case RunReport.Failure failure:
                row.Run = row.Run with { Errors = [.. row.Run.Errors, failure.Detail] };
                break;
            case RunReport.Summary summary:
                row.Run = row.Run with { Summary = summary.Json };
                break;
            case RunReport.UnmatchedIds ids:
                row.Run = row.Run with { UnmatchedIds = ids.Json };
                break;
            case RunReport.Log log:
                row.Run = row.Run with { LogTail = log.Tail };
                break;
            default:
                throw new ArgumentException($"The in-memory store knows no report of type {report.GetType().Name}.", nameof(report));
        }
    }

    private IngestRunWithJob WithJob(IngestRunRow row) => new(row.Run, tables.Jobs[row.Run.JobUid]);

    private void Run_NeedsLock(IngestRunRow row) =>
        row.Run = row.Run with { Status = IngestRunStatus.Running, StartedAt = row.Run.StartedAt ?? database.GetUtcNow() };

    private Task<T> UseAsync<T>(Guid runUid, Func<IngestRunRow, T> use, T unknown, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (database.Gate)
        {
            return Task.FromResult(tables.Runs.TryGetValue(runUid, out var row) ? use(row) : unknown);
        }
    }
}
