using System.Text.Json.Serialization;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents a data store with its credentials.</summary>
internal sealed record DatastoreResponse
{
    [JsonPropertyName("apiYear")]
    public required int ApiYear { get; init; }

    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("clientId")]
    public required string? ClientId { get; init; }

    [JsonPropertyName("clientSecret")]
    public required string? ClientSecret { get; init; }

    public static DatastoreResponse From(AssessmentDatastore store) => new()
    {
        ApiYear = store.ApiYear,
        Url = store.Url,
        ClientId = store.ClientId,
        ClientSecret = store.ClientSecret,
    };

    // A record that is logged by mistake shows no secret.
    public override string ToString() => $"{nameof(DatastoreResponse)} {{ Url = {Url} }}";
}
