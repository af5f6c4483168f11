using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Represents a webhook (seed 4) with what contract 5 adds.</summary>
internal sealed record WebhookResponse
{
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("job_id")]
    public required Guid JobId { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("method")]
    public required string Method { get; init; }

    [JsonPropertyName("headers")]
    public required IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonPropertyName("query_params")]
    public required IReadOnlyDictionary<string, string>? QueryParams { get; init; }

    [JsonPropertyName("body_template")]
    public required string? BodyTemplate { get; init; }

    [JsonPropertyName("timeout_seconds")]
    public required int TimeoutSeconds { get; init; }

    [JsonPropertyName("old_secret_expires_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? OldSecretExpiresAt { get; init; }

    [JsonPropertyName("disabled_at")]
    public required DateTime? DisabledAt { get; init; }

    [JsonPropertyName("disabled_reason")]
    public required string? DisabledReason { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")]
    public required DateTime UpdatedAt { get; init; }

    [JsonPropertyName("signing_secret")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningSecret { get; init; }

    public static WebhookResponse From(WebhookDetails webhook, string? signingSecret = null) => new()
    {
        Id = webhook.Id,
        JobId = webhook.JobId,
        Url = webhook.Url,
        Method = webhook.Method,
        Headers = WireTexts.Of(webhook.Headers),
        QueryParams = WireTexts.Of(webhook.QueryParams),
        BodyTemplate = webhook.BodyTemplate,
        TimeoutSeconds = (int)webhook.Timeout.TotalSeconds,
        OldSecretExpiresAt = webhook.OldSecretUntil?.ToWire(),
        DisabledAt = webhook.DisabledAt?.ToWire(),
        DisabledReason = webhook.DisabledReason,
        CreatedAt = webhook.CreatedAt.ToWire(),
        UpdatedAt = webhook.UpdatedAt.ToWire(),
        SigningSecret = signingSecret,
    };

    // A record prints its members; header values and the secret must not be among them.
    public override string ToString() => $"{nameof(WebhookResponse)} {Id}";
}
