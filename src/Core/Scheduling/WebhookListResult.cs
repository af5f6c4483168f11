namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to list webhooks: one of the nested records.</summary>
public abstract record WebhookListResult
{
    private WebhookListResult()
    {
    }

    /// <summary>Represents a list.</summary>
    /// <param name="Webhooks">The webhooks of the schedule, oldest first.</param>
    public sealed record Listed(IReadOnlyList<WebhookDetails> Webhooks) : WebhookListResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : WebhookListResult;
}
