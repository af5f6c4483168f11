using System.Text.Json.Serialization;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents a job; in lists without its runs.</summary>
internal sealed record JobResponse
{
    [JsonPropertyName("uid")]
    public required Guid Uid { get; init; }

    [JsonPropertyName("partner")]
    public required string Partner { get; init; }

    [JsonPropertyName("tenant")]
    public required string Tenant { get; init; }

    [JsonPropertyName("bundle")]
    public required string Bundle { get; init; }

    [JsonPropertyName("schoolYear")]
    public required string SchoolYear { get; init; }

    [JsonPropertyName("params")]
    public required IReadOnlyDictionary<string, string> Params { get; init; }

    [JsonPropertyName("createdAt")]
    public required DateTime CreatedAt { get; init; }

    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("files")]
    public required IReadOnlyList<JobFileResponse> Files { get; init; }

    [JsonPropertyName("runs")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunResponse>? Runs { get; init; }

    public static JobResponse InList(IngestJob job) => new()
    {
        Uid = job.Uid,
        Partner = job.Partner,
        Tenant = job.Tenant,
        Bundle = job.Bundle,
        SchoolYear = job.SchoolYear,
        Params = job.Params,
        CreatedAt = job.CreatedAt.UtcDateTime,
        Status = job.Runs is [.., var last] ? RunResponse.StatusOf(last.Status) : "created",
        Files = [.. job.Files.Select(JobFileResponse.From)],
    };

    public static JobResponse WithRuns(IngestJob job) => InList(job) with { Runs = [.. job.Runs.Select(RunResponse.From)] };
}
