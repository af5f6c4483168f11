using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Represents the body of a request to change a webhook; read by <see cref="WebhookBody"/>, here for the documentation.</summary>
internal sealed record UpdateWebhookRequest
{
    [JsonPropertyName("url")]
    public string? Url { get; init; }

    [JsonPropertyName("method")]
    public string? Method { get; init; }

    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("query_params")]
    public IReadOnlyDictionary<string, string>? QueryParams { get; init; }

    [JsonPropertyName("body_template")]
    public string? BodyTemplate { get; init; }

    [JsonPropertyName("timeout_seconds")]
    public int? TimeoutSeconds { get; init; }

    [JsonPropertyName("enabled")]
    public bool? Enabled { get; init; }
}
