using Switchyard.Jobs;
using Switchyard.Scheduling;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Scheduling;

internal sealed partial class EfExecutionStore<TContext>
{
    private static readonly ReplayResult NotFound = new(ReplayStatus.NotFound, [], 0);

    public async Task<ReplayResult> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ExecutionId is null == request.Filter is null)
        {
            throw new ArgumentException("A replay is of one execution or of a filter's: give either.", nameof(request));
        }

        var result = await sessions.WriteAsync(session => ReplayAsync(session, request), cancellationToken).ConfigureAwait(false);
        if (result.Executions.Count > 0)
        {
            Wake();
        }

        return result;
    }

    private static async Task<ReplayResult> ReplayAsync(StoreSession session, ReplayRequest request)
    {
        var one = request.ExecutionId is not { } id ? null
            : (await Command(session, sql => sql.Find).With("id", SqlType.Id, id).ReadAsync(ExecutionRow.Read).ConfigureAwait(false)).FirstOrDefault();
        if ((request.Filter?.ScheduleId ?? one?.ScheduleId) is not { } schedule)
        {
            return NotFound;
        }

        // One replay at a time for a schedule: what follows sees what the one before stored.
        await session.Dialect.LockAsync(session.Context, $"switchyard-replay-{schedule:D}", session.Cancellation).ConfigureAwait(false);
        var accounts = await ExecutionWrites.KeepSchedulesAsync(session, [schedule]).ConfigureAwait(false);
        if (accounts.Count == 0)
        {
            return NotFound;
        }

        if (one is null)
        {
            var (matched, lasts) = await ReplayCandidates.FindAsync(session, request.Filter!, request.Limit).ConfigureAwait(false);
            return await StoreAsync(session, request, schedule, accounts, lasts, matched).ConfigureAwait(false);
        }

        var last = (await Command(session, sql => sql.LastOf).With("root", SqlType.Id, one.RootId).ReadAsync(ExecutionRow.Read).ConfigureAwait(false))[0];
        return await ReplayCandidates.WhyNotAsync(session, last).ConfigureAwait(false) is { } status
            ? new ReplayResult(status, [], 0)
            : await StoreAsync(session, request, schedule, accounts, [last], 1).ConfigureAwait(false);
    }

    private static async Task<ReplayResult> StoreAsync(
        StoreSession session, ReplayRequest request, Guid schedule, Dictionary<Guid, Guid> accounts, IReadOnlyList<Execution> lasts, long matched)
    {
        Execution[] next = [.. lasts.Select((last, index) =>
            last.Next(request.At, index == 0 ? null : request.At + (request.Stagger * index)) with { Trigger = ExecutionTrigger.Replay })];
        var stored = await ExecutionWrites.InsertAsync(session, next, accounts).ConfigureAwait(false);
        Execution[] replayed = [.. next.Where(execution => stored.Contains(execution.Id))];
        if (request.ExecutionId is not null && replayed.Length == 0)
        {
            // Somebody has begun another attempt meanwhile.
            return new ReplayResult(ReplayStatus.Unfinished, [], 0);
        }

        JobRequest[] jobs = [.. replayed.Select(request.Job)];
        JobRequestRules.CheckAll(jobs);
        await JobInserts.EnqueueAsync(session, jobs, notifies: false).ConfigureAwait(false);
        await AuditAsync(session, request, schedule, replayed.Length, matched).ConfigureAwait(false);
        return new ReplayResult(ReplayStatus.Replayed, replayed, matched);
    }

    private static Task<int> AuditAsync(StoreSession session, ReplayRequest request, Guid schedule, int replayed, long matched) =>
        Command(session, sql => sql.Audit)
            .With("at", SqlType.Instant, request.At).With("subject", SqlType.Text, StoredText.Clean(request.Subject, 256))
            .With("schedule", SqlType.Id, schedule).With("execution", SqlType.Id, request.ExecutionId)
            .With("status", SqlType.Number, (int?)request.Filter?.Status).With("from", SqlType.Instant, request.Filter?.From)
            .With("to", SqlType.Instant, request.Filter?.To).With("replayed", SqlType.Number, replayed).With("matched", SqlType.BigNumber, matched)
            .ExecuteAsync();
}
