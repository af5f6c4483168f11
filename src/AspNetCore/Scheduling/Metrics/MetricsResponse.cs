using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Represents the figures of the caller's accounts (seed 4).</summary>
internal sealed record MetricsResponse
{
    [JsonPropertyName("timestamp")]
    public required DateTime Timestamp { get; init; }

    [JsonPropertyName("jobs")]
    public required JobFigures Jobs { get; init; }

    [JsonPropertyName("executions")]
    public required ExecutionFigures Executions { get; init; }

    public static MetricsResponse From(SchedulingFigures figures) => new()
    {
        Timestamp = figures.At.ToWire(),
        Jobs = new JobFigures { Total = figures.Jobs, Enabled = figures.Counts.Enabled, Disabled = figures.Counts.Disabled },
        Executions = ExecutionFigures.From(figures),
    };
}
