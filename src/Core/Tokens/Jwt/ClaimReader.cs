using System.Security.Claims;
using System.Text.Json;

namespace Switchyard.Tokens.Jwt;

/// <summary>Copies the claims of a verified payload, under their own names.</summary>
internal static class ClaimReader
{
    // Claims that decide who is who. ClaimsPrincipal finds claims whatever the case of their name, JWT names are
    // case-sensitive: a look-alike such as "Roles" must not be found in the place of "roles".
    private static readonly HashSet<string> Deciding = new(StringComparer.OrdinalIgnoreCase)
    {
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "scope", "roles", "role", "client_id", "azp", "client_name",
        "oid", "tid", "name", "email", "email_verified", "preferred_username",
    };

    public static IReadOnlyList<Claim> Read(JsonElement payload)
    {
        var issuer = payload.TryGetProperty("iss", out var iss) ? iss.GetString()! : ClaimsIdentity.DefaultIssuer;
        var claims = new List<Claim>();
        foreach (var member in payload.EnumerateObject())
        {
            var name = member.Name;
            if (IsLookAlike(name))
            {
                continue;
            }

            switch (name)
            {
                case "scope":
                    claims.AddRange(ScopeSet.Parse(Words(member.Value)).Scopes.Select(scope => Text("scope", scope, issuer)));
                    break;
                case "roles":
                    claims.AddRange(Words(member.Value).Distinct(StringComparer.Ordinal).Select(role => Text("roles", role, issuer)));
                    break;
                default:
                    Copy(name, member.Value, issuer, claims);
                    break;
            }
        }

        return claims;
    }

    private static bool IsLookAlike(string name) => Deciding.TryGetValue(name, out var real) && real != name;

    // A string or an array of nothing but strings; anything else grants nothing.
    private static IReadOnlyList<string> Words(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return [value.GetString()!];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(element => element.GetString()!)]
            : [];
    }

    private static void Copy(string name, JsonElement value, string issuer, List<Claim> claims)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            AddOne(name, value, issuer, claims);
            return;
        }

        foreach (var element in value.EnumerateArray())
        {
            AddOne(name, element, issuer, claims);
        }
    }

    private static void AddOne(string name, JsonElement value, string issuer, List<Claim> claims)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                claims.Add(Text(name, value.GetString()!, issuer));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                claims.Add(new Claim(name, value.GetBoolean() ? "true" : "false", ClaimValueTypes.Boolean, issuer));
                break;
            case JsonValueKind.Number:
                claims.Add(new Claim(name, value.GetRawText(), value.TryGetInt64(out _) ? ClaimValueTypes.Integer64 : ClaimValueTypes.Double, issuer));
                break;
            default:
                claims.Add(new Claim(name, value.GetRawText(), "JSON", issuer));
                break;
        }
    }

    private static Claim Text(string name, string value, string issuer) => new(name, value, ClaimValueTypes.String, issuer);
}
