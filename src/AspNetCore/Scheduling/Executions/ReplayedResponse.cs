using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Represents what replaying many firings came to.</summary>
internal sealed record ReplayedResponse
{
    [JsonPropertyName("items")]
    public required IReadOnlyList<ExecutionResponse> Items { get; init; }

    [JsonPropertyName("replayed")]
    public required int Replayed { get; init; }

    [JsonPropertyName("matched")]
    public required long Matched { get; init; }

    public static ReplayedResponse From(ReplayManyResult.Replayed replayed) => new()
    {
        Items = [.. replayed.Executions.Select(ExecutionResponse.InList)],
        Replayed = replayed.Executions.Count,
        Matched = replayed.Matched,
    };
}
