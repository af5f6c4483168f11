using System.Text.Json.Serialization;
using Switchyard.Ingest;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents a created job: where to upload its files.</summary>
internal sealed record CreatedJobResponse
{
    [JsonPropertyName("uid")]
    public required Guid Uid { get; init; }

    [JsonPropertyName("uploadUrls")]
    public required IReadOnlyDictionary<string, string> UploadUrls { get; init; }

    public static CreatedJobResponse From(IngestJob job, IReadOnlyDictionary<string, Uri> uploadUrls) => new()
    {
        Uid = job.Uid,
        // AbsoluteUri keeps the escapes that the signature covers; ToString would undo some.
        UploadUrls = uploadUrls.ToDictionary(url => url.Key, url => url.Value.AbsoluteUri, StringComparer.Ordinal),
    };
}
