using Microsoft.Extensions.Options;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Firing;

/// <summary>Says what an occurrence of a schedule brings about: for each webhook an execution, and the work that delivers it.</summary>
internal sealed class ScheduleEffects(IOptions<SchedulingOptions> options) : IOccurrenceEffects
{
    public string Kind => Schedule.RecurrenceKind;

    public IReadOnlyList<JobEffect> Of(DueRecurrence due, DateTimeOffset scheduledAt, DateTimeOffset now)
    {
        var id = due.Recurrence.Id;
        if (due.Targets.Count == 0)
        {
            return [new ExecutionQueued(Firings.Undeliverable(OccurrenceId.Of(id, scheduledAt, Guid.Empty), id, ExecutionTrigger.Schedule, scheduledAt, now))];
        }

        var effects = new List<JobEffect>(2 * due.Targets.Count);
        foreach (var webhook in due.Targets)
        {
            var execution = Firings.Queued(OccurrenceId.Of(id, scheduledAt, webhook), id, webhook, ExecutionTrigger.Schedule, scheduledAt, now);
            effects.Add(new ExecutionQueued(execution));
            effects.Add(DeliveryJobs.Of(execution, due.Recurrence, options.Value.MaxAttempts));
        }

        return effects;
    }
}
