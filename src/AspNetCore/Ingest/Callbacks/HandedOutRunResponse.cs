using System.Text.Json.Serialization;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents a run that was handed to an executor.</summary>
internal sealed record HandedOutRunResponse
{
    [JsonPropertyName("runId")]
    public required Guid RunId { get; init; }

    [JsonPropertyName("initToken")]
    public required string InitToken { get; init; }

    [JsonPropertyName("initJobUrl")]
    public required string InitJobUrl { get; init; }

    [JsonPropertyName("timeoutSeconds")]
    public required long TimeoutSeconds { get; init; }

    public static HandedOutRunResponse From(HandOutResult.HandedOut run) => new()
    {
        RunId = run.RunUid,
        InitToken = run.InitToken,
        InitJobUrl = run.InitJobUrl.AbsoluteUri,
        TimeoutSeconds = (long)run.TimeLimit.TotalSeconds,
    };
}
