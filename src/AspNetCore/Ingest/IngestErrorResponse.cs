using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>Represents an error on the wire.</summary>
internal sealed record IngestErrorResponse
{
    [JsonPropertyName("message")]
    public required JsonNode Message { get; init; }

    [JsonPropertyName("error")]
    public required string Error { get; init; }

    [JsonPropertyName("statusCode")]
    public required int StatusCode { get; init; }

    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("traceId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
