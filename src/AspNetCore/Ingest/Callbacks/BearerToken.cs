using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Ingest.Callbacks;

/// <summary>Reads the bearer token of a request (RFC 6750, 2.1).</summary>
internal static class BearerToken
{
    private const string Prefix = "Bearer ";
    private const int MaxLength = 16 * 1024;

    /// <summary>Reads the token, or gives <see langword="null"/> where there is none, more than one, or one of a bad shape.</summary>
    public static string? Read(HttpRequest request)
    {
        var headers = request.Headers.Authorization;
        if (headers.Count != 1 || headers[0] is not { } header || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = header[Prefix.Length..].Trim(' ');
        return token.Length is > 0 and <= MaxLength && token.All(letter => letter is > ' ' and <= '~') ? token : null;
    }
}
