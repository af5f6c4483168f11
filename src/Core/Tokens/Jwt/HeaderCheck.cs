using System.Text.Json;

namespace Switchyard.Tokens.Jwt;

/// <summary>Judges a token's header before any cryptography: it is the attacker's to write.</summary>
/// <remarks>
/// <c>jwk</c>, <c>jku</c>, <c>x5u</c> and <c>x5c</c> are never looked at, so a token can neither bring its own key nor
/// make us fetch one (RFC 8725, 3.10).
/// </remarks>
internal static class HeaderCheck
{
    private const int MaxKeyIdLength = 256;

    // crit and b64 change what is signed, zip and cty what the payload is; nothing here understands them.
    private static readonly string[] Refused = ["crit", "b64", "zip", "cty", "enc"];

    /// <summary>Checks a header.</summary>
    /// <returns>The fault, or <see langword="null"/> where there is none and the two others are set.</returns>
    public static string? Check(JsonElement header, JwtPolicy policy, out string algorithm, out string? keyId)
    {
        keyId = null;
        algorithm = Text(header, "alg") ?? "";
        if (!policy.Algorithms.Contains(algorithm))
        {
            return TokenFaults.Algorithm;
        }

        if (!HasAcceptedType(header, policy.RequireAccessTokenType))
        {
            return TokenFaults.Type;
        }

        foreach (var name in Refused)
        {
            if (header.TryGetProperty(name, out _))
            {
                return TokenFaults.HeaderMember;
            }
        }

        if (!header.TryGetProperty("kid", out _))
        {
            return null;
        }

        keyId = Text(header, "kid");
        return keyId is { Length: > 0 and <= MaxKeyIdLength } ? null : TokenFaults.KeyId;
    }

    // Media types are compared whatever their case, and may lack "application/" (RFC 7515, 4.1.9).
    private static bool HasAcceptedType(JsonElement header, bool accessTokenOnly)
    {
        if (!header.TryGetProperty("typ", out var type))
        {
            return !accessTokenOnly;
        }

        return type.ValueKind == JsonValueKind.String && type.GetString()!.ToUpperInvariant() switch
        {
            "AT+JWT" or "APPLICATION/AT+JWT" => true,
            "JWT" => !accessTokenOnly,
            _ => false,
        };
    }

    private static string? Text(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
