using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents the body of a request to change a job; read by <see cref="JobBody"/>, here for the documentation.</summary>
internal sealed record UpdateJobRequest
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("schedule")]
    public string? Schedule { get; init; }

    [JsonPropertyName("type")]
    public int? Type { get; init; }

    [JsonPropertyName("timezone")]
    public string? Timezone { get; init; }

    [JsonPropertyName("enabled")]
    public bool? Enabled { get; init; }

    [JsonPropertyName("misfire_policy")]
    public string? MisfirePolicy { get; init; }

    [JsonPropertyName("catch_up_window_seconds")]
    public int? CatchUpWindowSeconds { get; init; }

    [JsonPropertyName("overlap_policy")]
    public string? OverlapPolicy { get; init; }
}
