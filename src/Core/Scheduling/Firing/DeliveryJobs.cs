using System.Diagnostics;
using System.Text.Json;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Delivering;

namespace Switchyard.Scheduling.Firing;

/// <summary>Makes the kernel's jobs of deliveries.</summary>
internal static class DeliveryJobs
{
    // The handler has its own limit, of 300 seconds at the most; the kernel's only catches a handler that doesn't listen.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(360);

    /// <summary>Makes the job of an execution: a first one, or the first of a replay.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="recurrence">The schedule's recurrence: where its overlap policy asks whether work is unfinished, the job says whose it is.</param>
    /// <param name="maxAttempts">How many attempts it gets.</param>
    public static JobRequest Of(Execution execution, Recurrence recurrence, int maxAttempts)
    {
        var payload = new DeliverPayload(execution.RootId, execution.Attempt - 1)
        {
            WebhookId = execution.WebhookId, KeyOf = recurrence.OverlapPolicy == OverlapPolicy.Allow ? null : recurrence.Id,
        };
        return Of(payload, new JobId(execution.Id), SchedulingJobs.Deliver, maxAttempts) with
        {
            NotBefore = execution.NotBefore,
            RootId = execution.Attempt == 1 ? null : new JobId(execution.RootId),
        };
    }

    /// <summary>Makes the job that goes on in slots of its own with a delivery that was not begun: the attempt that found no place isn't spent.</summary>
    public static JobRequest HandedOver(DeliverPayload payload, JobContext context)
    {
        var made = context.Attempt - 1;
        var rest = payload with { Before = payload.Before + made, Spent = payload.Spent + made, IsSlow = true };
        var id = new JobId(OccurrenceId.Of(context.JobId.Value, "slow"));
        return Of(rest, id, SchedulingJobs.DeliverSlow, context.MaxAttempts - made) with { TraceParent = Activity.Current?.Id };
    }

    private static JobRequest Of(DeliverPayload payload, JobId id, string kind, int maxAttempts)
    {
        var text = JsonSerializer.Serialize(payload);
        return new JobRequest
        {
            Id = id,
            Kind = kind,
            Payload = text,
            MaxAttempts = maxAttempts,
            Timeout = Limit,
            ConcurrencyKey = payload.KeyOf is { } schedule ? DueRecurrence.ConcurrencyKeyOf(schedule) : null,
            OnFailure = new(SchedulingJobs.Lost, text),
        };
    }
}
