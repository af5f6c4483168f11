namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to make, get or change a webhook: one of the nested records.</summary>
public abstract record WebhookResult
{
    private WebhookResult()
    {
    }

    /// <summary>Represents the webhook as it stands now.</summary>
    /// <param name="Webhook">The webhook, with what its owner may see.</param>
    /// <param name="SigningSecret">The signing secret, where it was made by this very request: it is shown once. Never log it.</param>
    public sealed record Done(WebhookDetails Webhook, string? SigningSecret = null) : WebhookResult
    {
        /// <summary>Gives nothing of headers and secret, so that one in a log does no harm.</summary>
        public override string ToString() => $"{nameof(Done)} {Webhook.Id}";
    }

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : WebhookResult;
}
