namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to render a webhook without sending it: one of the nested records.</summary>
public abstract record WebhookPreviewResult
{
    private WebhookPreviewResult()
    {
    }

    /// <summary>Represents what would be sent.</summary>
    /// <param name="Request">The request.</param>
    public sealed record Rendered(RenderedRequest Request) : WebhookPreviewResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : WebhookPreviewResult;
}
