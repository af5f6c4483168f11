using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents what an executor needs to know of its run.</summary>
internal sealed record CallbackJobResponse
{
    [JsonPropertyName("appDataBasePath")]
    public required string AppDataBasePath { get; init; }

    [JsonPropertyName("inputFiles")]
    public required IReadOnlyDictionary<string, string> InputFiles { get; init; }

    [JsonPropertyName("inputUrls")]
    public required IReadOnlyDictionary<string, string> InputUrls { get; init; }

    [JsonPropertyName("outputUrls")]
    public required IReadOnlyDictionary<string, string> OutputUrls { get; init; }

    [JsonPropertyName("inputParams")]
    public required IReadOnlyDictionary<string, string> InputParams { get; init; }

    /// <summary>Gets the mappings of a partner's own; none are kept here, which executors know as null.</summary>
    [JsonPropertyName("customDescriptorMappings")]
    public JsonElement? CustomDescriptorMappings { get; init; }

    [JsonPropertyName("bundle")]
    public required CallbackBundleResponse Bundle { get; init; }

    [JsonPropertyName("appUrls")]
    public required CallbackUrlsResponse AppUrls { get; init; }

    [JsonPropertyName("assessmentDatastore")]
    public required DatastoreResponse AssessmentDatastore { get; init; }

    public static CallbackJobResponse From(CallbackJob job, string bundleBranch) => new()
    {
        AppDataBasePath = job.AppDataBasePath,
        InputFiles = job.InputFiles,
        InputUrls = Texts(job.InputUrls),
        OutputUrls = Texts(job.OutputUrls),
        InputParams = job.InputParams,
        Bundle = new(job.BundlePath, bundleBranch),
        AppUrls = new(
            job.AppUrls.Status.AbsoluteUri, job.AppUrls.Error.AbsoluteUri, job.AppUrls.Summary.AbsoluteUri, job.AppUrls.UnmatchedIds.AbsoluteUri),
        AssessmentDatastore = DatastoreResponse.From(job.AssessmentDatastore),
    };

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, Uri> urls) =>
        urls.ToDictionary(url => url.Key, url => url.Value.AbsoluteUri, StringComparer.Ordinal);
}

/// <summary>Represents where the bundle's code is.</summary>
internal sealed record CallbackBundleResponse(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("branch")] string Branch);

/// <summary>Represents where to report.</summary>
internal sealed record CallbackUrlsResponse(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("summary")] string Summary,
    [property: JsonPropertyName("unmatchedIds")] string UnmatchedIds);
