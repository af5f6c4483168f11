using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents a run of a job.</summary>
internal sealed record RunResponse
{
    [JsonPropertyName("uid")]
    public required Guid Uid { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("startedAt")]
    public required DateTime? StartedAt { get; init; }

    [JsonPropertyName("finishedAt")]
    public required DateTime? FinishedAt { get; init; }

    [JsonPropertyName("engine")]
    public required string? Engine { get; init; }

    [JsonPropertyName("summary")]
    public required JsonElement? Summary { get; init; }

    [JsonPropertyName("errors")]
    public required IReadOnlyList<RunErrorResponse> Errors { get; init; }

    public static RunResponse From(IngestRun run) => new()
    {
        Uid = run.Uid,
        Status = StatusOf(run.Status),
        StartedAt = run.StartedAt?.UtcDateTime,
        FinishedAt = run.FinishedAt?.UtcDateTime,
        Engine = run.Engine,
        Summary = run.Summary is { } summary ? JsonElement.Parse(summary) : null,
        Errors = [.. run.Errors.Select(error => new RunErrorResponse(error.Code, error.Message))],
    };

    public static string StatusOf(IngestRunStatus status) => status switch
    {
        IngestRunStatus.New => "new",
        IngestRunStatus.Running => "running",
        IngestRunStatus.Success => "success",
        IngestRunStatus.Error => "error",
        _ => throw new InvalidOperationException($"The run status {status} has no name on the wire; give it one here."),
    };
}

/// <summary>Represents an error of a run.</summary>
internal sealed record RunErrorResponse([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("message")] string Message);
