using Switchyard.InMemory.Jobs;
using Switchyard.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Keeps executions in the memory of this process.</summary>
internal sealed partial class InMemoryExecutionStore(InMemoryDatabase database, SchedulingTables tables) : IExecutionStore
{
    /// <inheritdoc/>
    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(
            _ =>
            {
                Execution[] all = [.. Matching(query).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id)];
                return new ExecutionPage([.. all.Skip(query.Skip).Take(query.Limit).Select(WithoutContent)], all.Length);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(_ => tables.Executions.Find(id), cancellationToken);

    /// <inheritdoc/>
    public Task<Delivery?> BeginAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        return database.ReadAsync(_ => Begin(start), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> AddAsync(IReadOnlyList<Execution> executions, IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(executions);
        JobRequestLimits.Check(jobs);
        return database.WriteAsync(
            now =>
            {
                if (!executions.All(row => tables.Schedules.ContainsKey(row.ScheduleId) && (row.WebhookId is not { } webhook || tables.Webhooks.ContainsKey(webhook))))
                {
                    return false;
                }

                foreach (var execution in executions)
                {
                    tables.Executions.TryAdd(execution.Stored());
                }

                database.Jobs.Enqueue(jobs, now);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            _ =>
            {
                Guid[] old = [.. tables.Executions.Rows.Where(row => row.FinishedAt < endedBefore).OrderBy(row => row.FinishedAt).Take(limit).Select(row => row.Id)];
                Array.ForEach(old, tables.Executions.Remove);
                return old.Length;
            },
            cancellationToken);

    private Delivery? Begin(AttemptStart start)
    {
        var firing = tables.Executions.Firing(start.RootId);
        if (firing is not [.., var last] || last.Attempt > start.Attempt || tables.FindSchedule(last.ScheduleId) is not { } schedule
            || (last.Attempt == start.Attempt ? last.IsEnded() : last.Status is ExecutionStatus.Success or ExecutionStatus.DeadLetter))
        {
            return null;
        }

        var begun = last;
        if (last.Attempt < start.Attempt)
        {
            if (!last.IsEnded())
            {
                tables.Executions.Update(last.Ended(ExecutionStatus.Failure, start.At, null, ExecutionRules.LostError));
            }

            begun = last.Next(start.At, null) with { Id = ExecutionIds.Attempt(start.RootId, start.Attempt), Attempt = start.Attempt };
            tables.Executions.TryAdd(begun);
        }

        begun = begun with { Status = ExecutionStatus.Running, WorkerId = start.WorkerId, StartedAt = InMemoryDatabase.WholeMicroseconds(start.At) };
        tables.Executions.Update(begun);
        return new Delivery(begun, schedule, begun.WebhookId is { } webhook ? tables.Webhooks.GetValueOrDefault(webhook) : null);
    }

    private IEnumerable<Execution> Matching(ExecutionQuery query) => tables.Executions.OfSchedule(query.ScheduleId)
        .Where(row => (query.Status ?? row.Status) == row.Status && !(row.ScheduledAt < query.From) && !(row.ScheduledAt > query.To));

    private static Execution WithoutContent(Execution row) =>
        row.Answer is null ? row : row with { Answer = new DeliveryAnswer(row.Answer.StatusCode, null, null) };
}
