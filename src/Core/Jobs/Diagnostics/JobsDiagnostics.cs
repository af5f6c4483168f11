namespace Switchyard.Jobs.Diagnostics;

/// <summary>Names everything that the kernel reports, for <c>AddMeter</c>, <c>AddSource</c>, dashboards and alerts.</summary>
public static class JobsDiagnostics
{
    /// <summary>Names the meter: <c>Switchyard.Jobs</c>.</summary>
    public const string MeterName = "Switchyard.Jobs";

    /// <summary>Names the activity source: <c>Switchyard.Jobs</c>.</summary>
    public const string ActivitySourceName = "Switchyard.Jobs";

    /// <summary>Names the span of one attempt. It is linked to the span that enqueued the job.</summary>
    public const string RunActivity = "job run";

    /// <summary>Counts claimed jobs, by <see cref="KindTag"/>.</summary>
    public const string Claimed = "switchyard.jobs.claimed";

    /// <summary>Counts claimed jobs that were given back before they ran, by <see cref="KindTag"/>; they cost no attempt.</summary>
    public const string Returned = "switchyard.jobs.returned";

    /// <summary>Shows how many claimed jobs wait for a slot now, by <see cref="KindTag"/>.</summary>
    public const string Buffered = "switchyard.jobs.buffered";

    /// <summary>Measures how long jobs were due before their handler ran, in seconds, by <see cref="KindTag"/>. It compares the store's clock with this process's.</summary>
    public const string PickupDelay = "switchyard.jobs.pickup_delay";

    /// <summary>Counts attempts whose outcome is stored, by <see cref="KindTag"/> and <see cref="OutcomeTag"/>.</summary>
    public const string Completed = "switchyard.jobs.completed";

    /// <summary>Measures how long handlers ran, in seconds, by <see cref="KindTag"/> and <see cref="OutcomeTag"/>.</summary>
    public const string Duration = "switchyard.jobs.duration";

    /// <summary>Shows how many handlers run now, by <see cref="KindTag"/>.</summary>
    public const string Running = "switchyard.jobs.running";

    /// <summary>Counts leases that were lost while this process worked under them, by <see cref="KindTag"/>. Late results are discarded.</summary>
    public const string LeasesLost = "switchyard.jobs.leases_lost";

    /// <summary>Counts calls to the store that failed and are repeated, by <see cref="OperationTag"/>.</summary>
    public const string StoreFailures = "switchyard.jobs.store_failures";

    /// <summary>Counts ended jobs that retention removed.</summary>
    public const string Pruned = "switchyard.jobs.pruned";

    /// <summary>Shows how many unfinished jobs lost a lease in their last attempt: crash loops. Asked of the store every half minute.</summary>
    public const string Suspects = "switchyard.jobs.suspects";

    /// <summary>Shows how many dead letters there are. Asked of the store every half minute.</summary>
    public const string DeadLetters = "switchyard.jobs.dead_letters";

    /// <summary>Shows how long the job that is due for the longest has waited, in seconds. Asked of the store every half minute.</summary>
    public const string OldestDueAge = "switchyard.jobs.oldest_due_age";

    /// <summary>Names the tag of the job's kind.</summary>
    public const string KindTag = "switchyard.job.kind";

    /// <summary>Names the tag of the outcome: <c>succeeded</c>, <c>failed</c>, <c>dead_letter</c>, <c>cancelled</c>, <c>retried</c>, <c>timed_out</c> (whatever follows) or <c>released</c>.</summary>
    public const string OutcomeTag = "switchyard.job.outcome";

    /// <summary>Names the tag of the store's operation: <c>claim</c> (and start), <c>renew</c>, <c>complete</c> (and release), <c>limits</c>, <c>maintenance</c>, <c>fire</c> or <c>register</c>.</summary>
    public const string OperationTag = "switchyard.store.operation";

    /// <summary>Names the span's tag of the job's id.</summary>
    public const string JobIdTag = "switchyard.job.id";

    /// <summary>Names the span's tag of the attempt's number.</summary>
    public const string AttemptTag = "switchyard.job.attempt";
}
