using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Signs tokens for surface 4 as Supabase does: HS256 by a shared secret, audience and role <c>authenticated</c>.</summary>
internal sealed class SchedulerTokens(string secret, DevIssuerOptions options, TimeProvider time)
{
    /// <summary>The audience of the scheduler's tokens, and the role of its users.</summary>
    public const string Authenticated = "authenticated";

    private const int MaxSubject = 255;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Issues a token to a subject, by default <see cref="DevIssuerTokens.Client"/>.</summary>
    /// <returns>The body of the answer (RFC 6749, 5.1).</returns>
    /// <exception cref="TokenRequestException">The subject can't be one.</exception>
    public JsonObject Issue(TokenRequest request)
    {
        var subject = request["sub"] ?? DevIssuerTokens.Client;
        if (subject.Length > MaxSubject || subject.Any(char.IsControl))
        {
            throw new TokenRequestException(
                StatusCodes.Status400BadRequest, "invalid_request", $"sub must be at most {MaxSubject} characters long, none of them a control character.");
        }

        return new JsonObject
        {
            ["access_token"] = Sign(Claims(subject)),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)Lifetime.TotalSeconds,
        };
    }

    private JsonObject Claims(string subject)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = options.Issuer,
            ["sub"] = subject,
            ["aud"] = Authenticated,
            ["role"] = Authenticated,
            ["iat"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
        };
    }

    private string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" };
        var content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(content)))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
