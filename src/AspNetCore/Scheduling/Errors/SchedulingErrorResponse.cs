using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Errors;

/// <summary>Represents an error on the wire.</summary>
internal sealed record SchedulingErrorResponse
{
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }

    [JsonPropertyName("error_code")]
    public required string ErrorCode { get; init; }

    [JsonPropertyName("status_code")]
    public required int StatusCode { get; init; }

    [JsonPropertyName("trace_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
