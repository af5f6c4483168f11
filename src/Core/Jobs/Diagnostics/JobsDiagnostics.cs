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

    /// <summary>Names the tag of the job's kind.</summary>
    public const string KindTag = "switchyard.job.kind";

    /// <summary>Names the tag of the outcome: <c>succeeded</c>, <c>failed</c>, <c>dead_letter</c>, <c>cancelled</c>, <c>retried</c> or <c>released</c>.</summary>
    public const string OutcomeTag = "switchyard.job.outcome";

    /// <summary>Names the tag of the store's operation: <c>claim</c>, <c>renew</c> or <c>complete</c>.</summary>
    public const string OperationTag = "switchyard.store.operation";

    /// <summary>Names the span's tag of the job's id.</summary>
    public const string JobIdTag = "switchyard.job.id";

    /// <summary>Names the span's tag of the attempt's number.</summary>
    public const string AttemptTag = "switchyard.job.attempt";
}
