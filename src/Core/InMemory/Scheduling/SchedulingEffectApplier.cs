using Switchyard.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.InMemory.Scheduling;

/// <summary>Stores and ends executions along with the kernel's jobs.</summary>
internal sealed class SchedulingEffectApplier(SchedulingTables tables) : IInMemoryEffectApplier
{
    /// <inheritdoc/>
    public bool Knows(JobEffect effect) => effect is ExecutionQueued or AttemptEnded;

    /// <inheritdoc/>
    public EffectOutcome Apply(JobEffect effect, Job job, DateTimeOffset now) =>
        EffectOutcome.Applied(effect is ExecutionQueued queued ? Add(queued.Execution) : End((AttemptEnded)effect));

    /// <summary>Stores an execution, unless it is there or its schedule isn't.</summary>
    private Action Add(Execution execution) =>
        tables.Schedules.ContainsKey(execution.ScheduleId) && tables.Executions.TryAdd(execution.Stored())
            ? () => tables.Executions.Remove(execution.Id)
            : () => { };

    private Action End(AttemptEnded end)
    {
        var open = tables.Executions.Firing(end.RootId).LastOrDefault(row => !row.IsEnded() && (end.Attempt ?? row.Attempt) == row.Attempt);
        if (open is null)
        {
            // An end that nothing is left to take is stale, not wrong: it must not keep the kernel's job from ending.
            return () => { };
        }

        tables.Executions.Update(open.Ended(end.Status, end.At, end.Answer, end.Error));
        var undo = () => tables.Executions.Update(open);
        if (end.RetryAt is { } due && open.Next(end.At, due) is var retry && tables.Executions.TryAdd(retry))
        {
            undo += () => tables.Executions.Remove(retry.Id);
        }

        return undo + Disable(open.WebhookId, end);
    }

    private Action? Disable(Guid? id, AttemptEnded end)
    {
        if (end.DisableWebhook is not { } reason || id is null || !tables.Webhooks.TryGetValue(id.Value, out var webhook) || webhook.DisabledAt is not null)
        {
            return null;
        }

        var at = InMemoryDatabase.WholeMicroseconds(end.At);
        tables.Put(webhook with { DisabledAt = at, DisabledReason = reason, UpdatedAt = at });
        return () => tables.Put(webhook);
    }
}
