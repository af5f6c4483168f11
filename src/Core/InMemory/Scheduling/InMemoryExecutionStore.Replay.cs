using Switchyard.InMemory.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

internal sealed partial class InMemoryExecutionStore
{
    private const int MostCounted = 100_000;

    /// <inheritdoc/>
    public Task<ReplayResult> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ExecutionId is null == request.Filter is null)
        {
            throw new ArgumentException("A replay is of one execution or of a filter's: give either.", nameof(request));
        }

        return database.WriteAsync(now => Replay(request, now), cancellationToken);
    }

    private ReplayResult Replay(ReplayRequest request, DateTimeOffset now)
    {
        var schedule = request.Filter?.ScheduleId ?? tables.Executions.Find(request.ExecutionId!.Value)?.ScheduleId;
        if (schedule is not { } id || !tables.Schedules.ContainsKey(id))
        {
            return new ReplayResult(ReplayStatus.NotFound, [], 0);
        }

        Execution[] matching;
        if (request.ExecutionId is { } one)
        {
            var last = tables.Executions.Firing(tables.Executions.Find(one)!.RootId)[^1];
            if (WhyNot(last) is { } status)
            {
                return new ReplayResult(status, [], 0);
            }

            matching = [last];
        }
        else
        {
            matching = [.. Matching(request.Filter!).Where(row => row == tables.Executions.Firing(row.RootId)[^1] && WhyNot(row) is null)
                .OrderBy(row => row.ScheduledAt).ThenBy(row => row.RootId)];
        }

        return Store(request, id, matching, now);
    }

    private ReplayResult Store(ReplayRequest request, Guid schedule, Execution[] matching, DateTimeOffset now)
    {
        Execution[] replayed = [.. matching.Take(request.Limit).Select((row, index) =>
            row.Next(request.At, index == 0 ? null : request.At + (request.Stagger * index)) with { Trigger = ExecutionTrigger.Replay })];
        var jobs = Array.ConvertAll(replayed, row => request.Job(row));
        JobRequestLimits.Check(jobs);
        Array.ForEach(replayed, row => tables.Executions.TryAdd(row));
        database.Jobs.Enqueue(jobs, now);
        var matched = Math.Min(matching.Length, MostCounted);
        tables.Audit.Add(new ReplayAudit(schedule, request.ExecutionId, request.Subject, InMemoryDatabase.WholeMicroseconds(request.At), replayed.Length, matched));
        return new ReplayResult(ReplayStatus.Replayed, replayed, matched);
    }

    private ReplayStatus? WhyNot(Execution last) =>
        !last.IsEnded() ? ReplayStatus.Unfinished
        : last.Status == ExecutionStatus.Success ? ReplayStatus.Succeeded
        : last.WebhookId is not { } webhook || !tables.Webhooks.ContainsKey(webhook) ? ReplayStatus.NotFound
        : null;
}
