using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents the body of a request to create a job; read by <see cref="JobBody"/>, here for the documentation.</summary>
internal sealed record CreateJobRequest
{
    [JsonPropertyName("account_id")]
    public required Guid AccountId { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("schedule")]
    public required string Schedule { get; init; }

    [JsonPropertyName("type")]
    public required int Type { get; init; }

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
