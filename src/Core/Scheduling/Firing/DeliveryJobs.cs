using System.Text.Json;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Delivering;

namespace Switchyard.Scheduling.Firing;

/// <summary>Makes the kernel's jobs of deliveries.</summary>
internal static class DeliveryJobs
{
    // The handler has its own limit, of 300 seconds at the most; the kernel's only catches a handler that doesn't listen.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(330);

    /// <summary>Makes the job of an execution: a first one, or the first of a replay.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="recurrence">The schedule's recurrence: where its overlap policy asks whether work is unfinished, the job says whose it is.</param>
    /// <param name="maxAttempts">How many attempts it gets.</param>
    public static JobRequest Of(Execution execution, Recurrence recurrence, int maxAttempts)
    {
        var payload = JsonSerializer.Serialize(new DeliverPayload(execution.RootId, execution.Attempt - 1));
        return new JobRequest
        {
            Id = new JobId(execution.Id),
            Kind = SchedulingJobs.Deliver,
            Payload = payload,
            MaxAttempts = maxAttempts,
            Timeout = Limit,
            NotBefore = execution.NotBefore,
            ConcurrencyKey = recurrence.OverlapPolicy == OverlapPolicy.Allow ? null : DueRecurrence.ConcurrencyKeyOf(recurrence.Id),
            RootId = execution.Attempt == 1 ? null : new JobId(execution.RootId),
            OnFailure = new(SchedulingJobs.Lost, payload),
        };
    }
}
