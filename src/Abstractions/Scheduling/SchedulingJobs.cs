namespace Switchyard.Scheduling;

/// <summary>Names the kernel's jobs of scheduling.</summary>
public static class SchedulingJobs
{
    /// <summary>The kind that delivers a firing to a webhook. Of a firing the job's id is the firing's root id; of a replay, a new one.</summary>
    public const string Deliver = "scheduling.deliver";

    /// <summary>The kind that ends a firing whose job ended without its handler: the last attempt was lost.</summary>
    public const string Lost = "scheduling.lost";

    /// <summary>The kind that removes old executions.</summary>
    public const string Prune = "scheduling.prune";
}
