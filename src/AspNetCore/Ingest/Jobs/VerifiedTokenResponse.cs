using System.Text.Json.Serialization;
using Switchyard.Ingest;
using Switchyard.Tokens;

namespace Switchyard.AspNetCore.Ingest.Jobs;

/// <summary>Represents a good token: what it grants, never the token itself.</summary>
internal sealed record VerifiedTokenResponse
{
    [JsonPropertyName("valid")]
    public required bool Valid { get; init; }

    [JsonPropertyName("partners")]
    public required IReadOnlyList<string> Partners { get; init; }

    [JsonPropertyName("scopes")]
    public required IReadOnlyList<string> Scopes { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    public static VerifiedTokenResponse From(ScopeSet scopes)
    {
        var partners = scopes.Grants(IngestScopes.Partner);
        return new() { Valid = true, Partners = partners, Scopes = scopes.Scopes, Message = Describe(partners) };
    }

    private static string Describe(IReadOnlyList<string> partners) => partners switch
    {
        [] => "The token is valid, but for no partner: it has no scope of the form partner:<code>.",
        [var one] => $"The token is valid for the partner {one}.",
        _ => $"The token is valid for the partners {string.Join(", ", partners)}.",
    };
}
