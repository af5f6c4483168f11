using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents the report of identifiers that couldn't be matched.</summary>
internal sealed record UnmatchedIdsRequest
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("count")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }

    public static (UnmatchedIdsRequest Report, IReadOnlyList<string> Violations) Read(JsonElement body)
    {
        var reader = new BodyReader(body);
        return (new() { Name = reader.ShortText("name"), Type = reader.ShortText("type"), Count = reader.Count("count") }, reader.Violations);
    }
}
