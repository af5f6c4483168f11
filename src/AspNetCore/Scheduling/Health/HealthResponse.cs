using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Represents that the host is up.</summary>
internal sealed record HealthResponse
{
    /// <summary>The name of this service (seed 4).</summary>
    public const string ServiceName = "scheduler";

    [JsonPropertyName("status")]
    public string Status { get; init; } = DetailedHealthResponse.Healthy;

    [JsonPropertyName("service")]
    public string Service { get; init; } = ServiceName;
}
