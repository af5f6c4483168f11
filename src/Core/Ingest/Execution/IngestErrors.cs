using System.Globalization;

namespace Switchyard.Ingest.Execution;

/// <summary>Makes the errors that end runs; codes are stable.</summary>
internal static class IngestErrors
{
    public static IngestRunError Timeout(TimeSpan limit) => new(
        "executor_timeout",
        string.Create(CultureInfo.InvariantCulture, $"The run was not finished within its time limit of {limit.TotalSeconds:F0} seconds."),
        string.Create(CultureInfo.InvariantCulture, $$"""{"timeout_seconds":{{limit.TotalSeconds:F0}}}"""));

    public static IngestRunError NotStarted(string why) => new("failed_to_start_executor", $"The executor could not be started: {why}");

    public static IngestRunError Lost { get; } = new("executor_lost", "The executor was lost: the host that ran it went away, more than once.");

    public static IngestRunError Failed { get; } = new("executor_failed", "The executor failed unexpectedly.");

    public static IngestRunError BlobStoreUnavailable { get; } = new("blob_store_unavailable", "The file store could not be reached.");

    public static IngestRunError InputMissing(string name) => new("input_not_found", $"The input file {name} is not there any more.");
}
