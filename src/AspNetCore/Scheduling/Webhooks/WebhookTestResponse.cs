using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Represents what came of sending a webhook once.</summary>
internal sealed record WebhookTestResponse
{
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("request")]
    public required RenderedRequestResponse Request { get; init; }

    [JsonPropertyName("response_code")]
    public required int? ResponseCode { get; init; }

    [JsonPropertyName("response_headers")]
    public required JsonElement? ResponseHeaders { get; init; }

    [JsonPropertyName("response_body")]
    public required string? ResponseBody { get; init; }

    [JsonPropertyName("error")]
    public required string? Error { get; init; }

    [JsonPropertyName("duration_ms")]
    public required long DurationMs { get; init; }

    public static WebhookTestResponse From(WebhookTest test) => new()
    {
        Status = ExecutionNames.Status.Of(test.Status),
        Request = RenderedRequestResponse.From(test.Request),
        ResponseCode = test.Answer?.StatusCode,
        ResponseHeaders = test.Answer?.Headers is { } headers ? JsonElement.Parse(headers) : null,
        ResponseBody = test.Answer?.Body,
        Error = test.Error,
        DurationMs = (long)test.Duration.TotalMilliseconds,
    };
}
