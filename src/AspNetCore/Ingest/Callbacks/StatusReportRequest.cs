using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents the report of a step.</summary>
internal sealed record StatusReportRequest
{
    [JsonPropertyName("action")]
    public required string Action { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    public static (StatusReportRequest Report, IReadOnlyList<string> Violations) Read(JsonElement body)
    {
        var reader = new BodyReader(body);
        return (new() { Action = reader.ShortText("action"), Status = reader.ShortText("status") }, reader.Violations);
    }
}
