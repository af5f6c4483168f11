using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Issues tokens to the one client of the development issuer, whatever scope, audience, roles and subject it asks for.</summary>
internal sealed class DevIssuerTokens(DevIssuerKey key, DevIssuerOptions options, TimeProvider time)
{
    /// <summary>The client's id and its secret.</summary>
    public const string Client = "dev";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Issues a token.</summary>
    /// <returns>The body of the answer (RFC 6749, 5.1).</returns>
    /// <exception cref="TokenRequestException">The request is refused.</exception>
    public JsonObject Issue(TokenRequest request, ClientCredentials credentials)
    {
        if (credentials != new ClientCredentials(Client, Client))
        {
            throw new TokenRequestException(StatusCodes.Status401Unauthorized, "invalid_client", "client_id or client_secret is wrong; in Development both are 'dev'.");
        }

        var grant = request["grant_type"] ?? throw new TokenRequestException(StatusCodes.Status400BadRequest, "invalid_request", "grant_type is missing.");
        if (grant != "client_credentials")
        {
            throw new TokenRequestException(StatusCodes.Status400BadRequest, "unsupported_grant_type", "Only client_credentials is supported.");
        }

        var scope = request["scope"];
        if (scope?.All(IsScopeCharacter) == false)
        {
            throw new TokenRequestException(StatusCodes.Status400BadRequest, "invalid_scope", "scope holds a character that no scope may hold (RFC 6749, 3.3).");
        }

        var answer = new JsonObject
        {
            ["access_token"] = key.Sign(Claims(request, scope)),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)Lifetime.TotalSeconds,
        };
        if (scope is not null)
        {
            answer["scope"] = scope;
        }

        return answer;
    }

    private JsonObject Claims(TokenRequest request, string? scope)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = options.Issuer,
            ["sub"] = request["sub"] ?? Client,
            ["aud"] = request["audience"] ?? options.DefaultAudience,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["jti"] = Guid.NewGuid().ToString(),
            ["client_id"] = Client,
            ["client_name"] = "Development client",
        };
        if (scope is not null)
        {
            claims["scope"] = scope;
        }

        if (request["roles"] is { } roles)
        {
            claims["roles"] = new JsonArray([.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(role => JsonValue.Create(role))]);
        }

        return claims;
    }

    private static bool IsScopeCharacter(char c) => c is ' ' or '!' or (>= '#' and <= '[') or (>= ']' and <= '~');
}
