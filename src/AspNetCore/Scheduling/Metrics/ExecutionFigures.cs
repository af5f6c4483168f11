using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Metrics;

/// <summary>Represents how many executions there are, and how they went.</summary>
internal sealed record ExecutionFigures
{
    [JsonPropertyName("total")]
    public required long Total { get; init; }

    [JsonPropertyName("queued")]
    public required long Queued { get; init; }

    [JsonPropertyName("running")]
    public required long Running { get; init; }

    [JsonPropertyName("success")]
    public required long Success { get; init; }

    [JsonPropertyName("failure")]
    public required long Failure { get; init; }

    [JsonPropertyName("timed_out")]
    public required long TimedOut { get; init; }

    [JsonPropertyName("dead_letter")]
    public required long DeadLetter { get; init; }

    [JsonPropertyName("success_rate")]
    public required double SuccessRate { get; init; }

    [JsonPropertyName("avg_duration_ms")]
    public required double? AvgDurationMs { get; init; }

    public static ExecutionFigures From(SchedulingFigures figures) => new()
    {
        Total = figures.Executions,
        Queued = figures.Of(ExecutionStatus.Queued),
        Running = figures.Of(ExecutionStatus.Running),
        Success = figures.Of(ExecutionStatus.Success),
        Failure = figures.Of(ExecutionStatus.Failure),
        TimedOut = figures.Of(ExecutionStatus.TimedOut),
        DeadLetter = figures.Of(ExecutionStatus.DeadLetter),
        SuccessRate = figures.SuccessRate,
        AvgDurationMs = figures.AverageDuration,
    };
}
