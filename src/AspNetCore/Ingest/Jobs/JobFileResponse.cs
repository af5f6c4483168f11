using System.Text.Json.Serialization;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents an input file of a job.</summary>
internal sealed record JobFileResponse
{
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("size")]
    public required long? Size { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    public static JobFileResponse From(IngestFile file) => new()
    {
        Key = file.Key,
        Name = file.Name,
        Size = file.Size,
        Status = file.FrozenKey is null ? "url_generated" : "upload_complete",
    };
}
