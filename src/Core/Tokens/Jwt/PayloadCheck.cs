using System.Text.Json;

namespace Switchyard.Tokens.Jwt;

/// <summary>Judges a token's claims: right issuer, for us, now, and an access token.</summary>
internal static class PayloadCheck
{
    // 9999-12-31T23:59:59Z, the last second that DateTimeOffset can hold.
    private const double LastSecond = 253_402_300_799;

    // An ID token tells a client who logged in, a logout token who left; neither is a key to an API.
    private static readonly string[] OtherTokensClaims = ["nonce", "at_hash", "c_hash", "events"];
    private static readonly string[] OtherTokensTypes = ["ID", "Refresh", "Offline", "Logout"];

    /// <summary>Checks a payload.</summary>
    /// <returns>The fault, or <see langword="null"/> where there is none and <paramref name="expiresAt"/> is set.</returns>
    public static string? Check(JsonElement payload, JwtPolicy policy, DateTimeOffset now, out DateTimeOffset expiresAt)
    {
        expiresAt = default;
        if (!HasIssuer(payload, policy.Issuer))
        {
            return TokenFaults.Issuer;
        }

        if (!HasAudience(payload, policy.Audiences))
        {
            return TokenFaults.Audience;
        }

        return CheckTimes(payload, policy, now, out expiresAt)
            ?? (IsAnotherToken(payload) ? TokenFaults.NotAnAccessToken : null);
    }

    private static bool HasIssuer(JsonElement payload, string? expected)
    {
        if (!payload.TryGetProperty("iss", out var issuer))
        {
            return expected is null;
        }

        return issuer.ValueKind == JsonValueKind.String && (expected is null || issuer.ValueEquals(expected));
    }

    private static bool HasAudience(JsonElement payload, HashSet<string> expected)
    {
        if (!payload.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        if (audience.ValueKind == JsonValueKind.String)
        {
            return expected.Contains(audience.GetString()!);
        }

        return audience.ValueKind == JsonValueKind.Array
            && audience.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String)
            && audience.EnumerateArray().Any(element => expected.Contains(element.GetString()!));
    }

    private static string? CheckTimes(JsonElement payload, JwtPolicy policy, DateTimeOffset now, out DateTimeOffset expiresAt)
    {
        expiresAt = default;
        if (!TryReadTime(payload, "exp", out var expiry)
            || !TryReadTime(payload, "nbf", out var notBefore)
            || !TryReadTime(payload, "iat", out var issuedAt)
            || expiry is null)
        {
            return TokenFaults.Time;
        }

        expiresAt = expiry.Value;
        if (now - policy.ClockSkew >= expiry)
        {
            return TokenFaults.Expired;
        }

        if (notBefore > now + policy.ClockSkew || issuedAt > now + policy.ClockSkew)
        {
            return TokenFaults.NotYetValid;
        }

        return expiry - (issuedAt ?? now) > policy.MaximumLifetime ? TokenFaults.Lifetime : null;
    }

    // False where the claim is there but isn't a time; an absent one is null.
    private static bool TryReadTime(JsonElement payload, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!payload.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is not (>= 0 and <= LastSecond))
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Floor(seconds * 1000));
        return true;
    }

    private static bool IsAnotherToken(JsonElement payload)
    {
        foreach (var name in OtherTokensClaims)
        {
            if (payload.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return payload.TryGetProperty("typ", out var type)
            && (type.ValueKind != JsonValueKind.String || OtherTokensTypes.Contains(type.GetString(), StringComparer.OrdinalIgnoreCase));
    }
}
