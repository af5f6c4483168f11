using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Webhooks;

/// <summary>Represents a request as it is sent to a receiver.</summary>
internal sealed record RenderedRequestResponse
{
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("headers")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [JsonPropertyName("body")]
    public required string? Body { get; init; }

    public static RenderedRequestResponse From(RenderedRequest request) => new()
    {
        Method = request.Method,
        Url = request.Url,
        Headers = WireTexts.Of(request.Headers)!,
        Body = request.Body,
    };

    // A record prints its members; header values must not be among them.
    public override string ToString() => nameof(RenderedRequestResponse);
}
