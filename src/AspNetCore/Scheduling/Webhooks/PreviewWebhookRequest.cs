using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Represents the body of a request to render a webhook; read by <see cref="WebhookBody"/>, here for the documentation.</summary>
internal sealed record PreviewWebhookRequest
{
    [JsonPropertyName("job_id")]
    public Guid? JobId { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("method")]
    public required string Method { get; init; }

    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("query_params")]
    public IReadOnlyDictionary<string, string>? QueryParams { get; init; }

    [JsonPropertyName("body_template")]
    public string? BodyTemplate { get; init; }
}
