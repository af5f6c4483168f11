using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Represents a job as <c>GET /api/v1/jobs/{uid}</c> tells of it.</summary>
internal sealed class DemoJob(JsonNode json)
{
    private JsonNode? LastRun => json["runs"]?.AsArray().OrderBy(run => (string?)run?["startedAt"], StringComparer.Ordinal).LastOrDefault();

    /// <summary>Gets the job's status, which is that of its last run.</summary>
    public string Status => (string?)json["status"] ?? "unknown";

    /// <summary>Gets whether the last run has ended.</summary>
    public bool HasEnded => Status is "success" or "error";

    /// <summary>Gets the last run's identifier.</summary>
    public string? RunUid => (string?)LastRun?["uid"];

    /// <summary>Gets the errors of the last run, in words.</summary>
    public IEnumerable<string> Errors =>
        LastRun?["errors"]?.AsArray().Select(error => $"{(string?)error?["code"]}: {(string?)error?["message"]}") ?? [];

    /// <summary>Gets the records that were read so far, over all files.</summary>
    public long Processed => Sum("records_processed");

    /// <summary>Gets the records that were skipped so far, over all files.</summary>
    public long Skipped => Sum("records_skipped");

    /// <summary>Gets the records that failed so far, over all files.</summary>
    public long Failed => Sum("records_failed");

    private long Sum(string count) =>
        LastRun?["summary"] is JsonObject summary ? summary.Sum(resource => (long?)resource.Value?[count] ?? 0) : 0;
}
