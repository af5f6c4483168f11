using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents the report of an error.</summary>
internal sealed record ErrorReportRequest
{
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("payload")]
    public JsonElement? Payload { get; init; }

    public static (ErrorReportRequest Report, IReadOnlyList<string> Violations) Read(JsonElement body)
    {
        var reader = new BodyReader(body);
        return (new() { Code = reader.ShortText("code"), Payload = reader.Any("payload") }, reader.Violations);
    }
}
