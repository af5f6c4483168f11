using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents what a job's expression means, and its next runs.</summary>
internal sealed record UpcomingResponse
{
    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("runs")]
    public required IReadOnlyList<UpcomingRunResponse> Runs { get; init; }

    public static UpcomingResponse From(UpcomingRuns runs) =>
        new() { Description = runs.Description, Runs = [.. runs.Runs.Select(UpcomingRunResponse.From)] };
}
