using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents the body of a request to create a job; read by <see cref="CreateJobBody"/>, here for the documentation.</summary>
internal sealed record CreateJobRequest
{
    [JsonPropertyName("partner")]
    public required string Partner { get; init; }

    [JsonPropertyName("tenant")]
    public required string Tenant { get; init; }

    [JsonPropertyName("bundle")]
    public required string Bundle { get; init; }

    [JsonPropertyName("schoolYear")]
    public required string SchoolYear { get; init; }

    [JsonPropertyName("files")]
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    [JsonPropertyName("params")]
    public IReadOnlyDictionary<string, string?>? Params { get; init; }
}
