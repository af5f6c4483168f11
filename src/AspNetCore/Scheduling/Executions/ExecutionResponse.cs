using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Represents an execution (seed 4) with what contract 5 adds; in lists without the receiver's body and headers.</summary>
internal sealed record ExecutionResponse
{
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("job_id")]
    public required Guid JobId { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("started_at")]
    public required DateTime? StartedAt { get; init; }

    [JsonPropertyName("finished_at")]
    public required DateTime? FinishedAt { get; init; }

    [JsonPropertyName("response_code")]
    public required int? ResponseCode { get; init; }

    [JsonPropertyName("error")]
    public required string? Error { get; init; }

    [JsonPropertyName("worker_id")]
    public required string? WorkerId { get; init; }

    [JsonPropertyName("duration_ms")]
    public required long? DurationMs { get; init; }

    [JsonPropertyName("attempt")]
    public required int Attempt { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTime CreatedAt { get; init; }

    [JsonPropertyName("root_execution_id")]
    public required Guid RootExecutionId { get; init; }

    [JsonPropertyName("webhook_id")]
    public required Guid? WebhookId { get; init; }

    [JsonPropertyName("trigger")]
    public required string Trigger { get; init; }

    [JsonPropertyName("scheduled_at")]
    public required DateTime ScheduledAt { get; init; }

    [JsonPropertyName("not_before")]
    public required DateTime? NotBefore { get; init; }

    [JsonPropertyName("response_headers")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? ResponseHeaders { get; init; }

    [JsonPropertyName("response_body")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ResponseBody { get; init; }

    [JsonPropertyName("executions")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ExecutionResponse>? Executions { get; init; }

    public static ExecutionResponse InList(Execution execution) => new()
    {
        Id = execution.Id,
        JobId = execution.ScheduleId,
        Status = ExecutionNames.Status.Of(execution.Status),
        StartedAt = execution.StartedAt?.ToWire(),
        FinishedAt = execution.FinishedAt?.ToWire(),
        ResponseCode = execution.Answer?.StatusCode,
        Error = execution.Error,
        WorkerId = execution.WorkerId,
        DurationMs = (long?)(execution.FinishedAt - execution.StartedAt)?.TotalMilliseconds,
        Attempt = execution.Attempt,
        CreatedAt = execution.CreatedAt.ToWire(),
        RootExecutionId = execution.RootId,
        WebhookId = execution.WebhookId,
        Trigger = ExecutionNames.Trigger.Of(execution.Trigger),
        ScheduledAt = execution.ScheduledAt.ToWire(),
        NotBefore = execution.NotBefore?.ToWire(),
    };

    public static ExecutionResponse WithAnswer(Execution execution) => InList(execution) with
    {
        ResponseHeaders = execution.Answer?.Headers is { } headers ? JsonElement.Parse(headers) : null,
        ResponseBody = execution.Answer?.Body,
    };
}
