using System.Text.Json.Serialization;
using Switchyard.Ingest.Callbacks;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Represents a run that has begun.</summary>
internal sealed record InitResponse
{
    [JsonPropertyName("token")]
    public required string Token { get; init; }

    [JsonPropertyName("jobUrl")]
    public required string JobUrl { get; init; }

    public static InitResponse From(CallbackInit.Begun begun) => new() { Token = begun.Token, JobUrl = begun.JobUrl.AbsoluteUri };
}
