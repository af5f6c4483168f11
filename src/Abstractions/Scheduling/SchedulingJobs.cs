namespace Switchyard.Scheduling;

/// <summary>Names the kernel's jobs of scheduling.</summary>
public static class SchedulingJobs
{
    /// <summary>The kind that delivers a firing to a webhook. Of a firing the job's id is the firing's root id; of a replay, a new one.</summary>
    public const string Deliver = "scheduling.deliver";

    /// <summary>The kind that goes on with deliveries whose receivers let others wait, in slots of its own: what <see cref="Deliver"/> hands over, with the attempts that are left.</summary>
    public const string DeliverSlow = "scheduling.deliver.slow";

    /// <summary>The kind that ends a firing whose job ended without its handler: the last attempt was lost.</summary>
    public const string Lost = "scheduling.lost";

    /// <summary>The kind that removes old executions.</summary>
    public const string Prune = "scheduling.prune";
}
