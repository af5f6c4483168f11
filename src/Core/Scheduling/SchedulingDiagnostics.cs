namespace Switchyard.Scheduling;

/// <summary>Names everything that scheduling reports, for <c>AddMeter</c>, <c>AddSource</c>, dashboards and alerts.</summary>
public static class SchedulingDiagnostics
{
    /// <summary>Names the meter: <c>Switchyard.Scheduling</c>.</summary>
    public const string MeterName = "Switchyard.Scheduling";

    /// <summary>Names the activity source: <c>Switchyard.Scheduling</c>.</summary>
    public const string ActivitySourceName = "Switchyard.Scheduling";

    /// <summary>Names the span of sending one attempt; its <c>traceparent</c> goes to the receiver.</summary>
    public const string DeliverActivity = "webhook deliver";

    /// <summary>Counts attempts that ended, by <see cref="OutcomeTag"/>. What is stored of them may differ where a lease was lost meanwhile.</summary>
    public const string Attempts = "switchyard.scheduling.attempts";

    /// <summary>Measures how long attempts took, in seconds, by <see cref="OutcomeTag"/>; those alone whose request was begun.</summary>
    public const string AttemptDuration = "switchyard.scheduling.attempt.duration";

    /// <summary>Measures how long after its instant a firing's first attempt began, in seconds. It compares the store's clock with this process's.</summary>
    public const string DeliveryDelay = "switchyard.scheduling.delivery_delay";

    /// <summary>Counts webhooks that an answer of 410 disabled.</summary>
    public const string WebhooksDisabled = "switchyard.scheduling.webhooks_disabled";

    /// <summary>Counts firings that were replayed.</summary>
    public const string Replayed = "switchyard.scheduling.replayed";

    /// <summary>Counts executions and rows of the ledger that retention removed.</summary>
    public const string Pruned = "switchyard.scheduling.pruned";

    /// <summary>Names the tag of the outcome: <c>success</c>, <c>failure</c>, <c>timed_out</c>, <c>dead_letter</c>, or <c>refused</c> where the outbound guard doesn't allow the destination.</summary>
    public const string OutcomeTag = "switchyard.delivery.outcome";

    /// <summary>Names the span's tag of the firing's id, which is the <c>webhook-id</c> too.</summary>
    public const string RootIdTag = "switchyard.delivery.root_id";

    /// <summary>Names the span's tag of the attempt's number.</summary>
    public const string AttemptTag = "switchyard.delivery.attempt";

    /// <summary>Names the span's tag of the schedule's id.</summary>
    public const string JobIdTag = "switchyard.schedule.id";

    /// <summary>Names the span's tag of the status code of the answer.</summary>
    public const string StatusCodeTag = "http.response.status_code";
}
