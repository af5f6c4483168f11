namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to send a webhook once: one of the nested records.</summary>
public abstract record WebhookTestResult
{
    private WebhookTestResult()
    {
    }

    /// <summary>Represents that it was sent, or tried to.</summary>
    /// <param name="Test">What came of it.</param>
    public sealed record Tested(WebhookTest Test) : WebhookTestResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : WebhookTestResult;
}
