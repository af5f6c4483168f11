using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents one run to come, with its time on the clocks of the job's zone.</summary>
internal sealed record UpcomingRunResponse
{
    [JsonPropertyName("at")]
    public required DateTime At { get; init; }

    [JsonPropertyName("local_time")]
    public required DateTimeOffset LocalTime { get; init; }

    [JsonPropertyName("remark")]
    public required string? Remark { get; init; }

    public static UpcomingRunResponse From(UpcomingRun run) => new() { At = run.At.ToWire(), LocalTime = run.At, Remark = run.Remark };
}
