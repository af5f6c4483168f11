using System.Net.Http.Headers;
using System.Text;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Represents how a client names and proves itself.</summary>
internal sealed record ClientCredentials(string? Id, string? Secret)
{
    /// <summary>Reads the credentials from HTTP Basic (RFC 6749, 2.3.1: form-encoded halves) or from the body, never from both.</summary>
    /// <exception cref="TokenRequestException">They come both ways, or the header is malformed.</exception>
    public static ClientCredentials Read(HttpRequest request, TokenRequest body)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            return new ClientCredentials(body["client_id"], body["client_secret"]);
        }

        if (body["client_secret"] is not null)
        {
            throw new TokenRequestException(StatusCodes.Status400BadRequest, "invalid_request", "The client authenticates in more than one way.");
        }

        var credentials = FromBasic(header.ToString());
        return credentials is not null && (body["client_id"] ?? credentials.Id) == credentials.Id
            ? credentials
            : throw new TokenRequestException(StatusCodes.Status401Unauthorized, "invalid_client", "The Authorization header holds no valid Basic credentials of this client.");
    }

    // A record prints its members; the secret must not be among them.
    public override string ToString() => nameof(ClientCredentials);

    private static ClientCredentials? FromBasic(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var parsed)
            || !parsed.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || parsed.Parameter is null)
        {
            return null;
        }

        var bytes = new byte[parsed.Parameter.Length];
        if (!Convert.TryFromBase64String(parsed.Parameter, bytes, out var length))
        {
            return null;
        }

        var halves = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return halves.Length == 2 ? new ClientCredentials(Decode(halves[0]), Decode(halves[1])) : null;
    }

    private static string Decode(string text) => System.Net.WebUtility.UrlDecode(text);
}
