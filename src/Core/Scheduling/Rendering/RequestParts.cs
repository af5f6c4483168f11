using Switchyard.Webhooks;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Represents what a request is built from, opened.</summary>
internal sealed record RequestParts
{
    public required string Method { get; init; }

    public required string Url { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? QueryParams { get; init; }

    public string? BodyTemplate { get; init; }

    /// <summary>Gets what fills the template; its time is the signature's too.</summary>
    public required TemplateValues Values { get; init; }

    /// <summary>Gets what all attempts share: the <c>webhook-id</c>.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Gets the secrets that sign; none for a preview.</summary>
    public IReadOnlyList<WebhookSecret> Secrets { get; init; } = [];

    public string? TraceParent { get; init; }

    public static RequestParts Of(Webhook webhook, WebhookSecrets secrets, TemplateValues values, Guid messageId) => new()
    {
        Method = webhook.Method,
        Url = webhook.Url,
        Headers = secrets.OpenHeaders(webhook),
        QueryParams = TextMap.Read(webhook.QueryParams),
        BodyTemplate = webhook.BodyTemplate,
        Values = values,
        MessageId = messageId,
        Secrets = secrets.OpenSecrets(webhook, values.Now),
    };
}
