using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Represents how many jobs there are.</summary>
internal sealed record JobFigures
{
    [JsonPropertyName("total")]
    public required long Total { get; init; }

    [JsonPropertyName("enabled")]
    public required long Enabled { get; init; }

    [JsonPropertyName("disabled")]
    public required long Disabled { get; init; }
}
