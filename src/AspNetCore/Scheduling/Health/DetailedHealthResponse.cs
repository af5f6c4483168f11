using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling.Health;

/// <summary>Represents the state of what the scheduler stands on (seed 4), and how far behind it is.</summary>
internal sealed record DetailedHealthResponse
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
    public const string Connected = "connected";
    public const string Disconnected = "disconnected";
    public const string NotConfigured = "not_configured";
    public const string Running = "running";
    public const string Stopped = "stopped";

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("service")]
    public string Service { get; init; } = HealthResponse.ServiceName;

    [JsonPropertyName("database")]
    public required string Database { get; init; }

    [JsonPropertyName("redis")]
    public required string Redis { get; init; }

    [JsonPropertyName("scheduler_service")]
    public required string SchedulerService { get; init; }

    [JsonPropertyName("tick_age_seconds")]
    public required double? TickAgeSeconds { get; init; }

    [JsonPropertyName("due_jobs")]
    public required int? DueJobs { get; init; }

    [JsonPropertyName("oldest_due_at")]
    public required DateTime? OldestDueAt { get; init; }

    [JsonPropertyName("oldest_due_age_seconds")]
    public required double? OldestDueAgeSeconds { get; init; }
}
