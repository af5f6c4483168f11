using Microsoft.Extensions.Primitives;

namespace Switchyard.AspNetCore.Tokens;

/// <summary>Reads the <c>Authorization</c> header (RFC 6750, 2.1): one header, one scheme, one token.</summary>
/// <param name="Kind">What there is.</param>
/// <param name="Token">The token; empty where there is none.</param>
internal readonly record struct BearerHeader(BearerHeaderKind Kind, string Token)
{
    private const string Scheme = "Bearer";

    public static BearerHeader Read(StringValues header)
    {
        if (header.Count == 0 || (header.Count == 1 && string.IsNullOrWhiteSpace(header[0])))
        {
            return new(BearerHeaderKind.Absent, "");
        }

        // Two headers may mean two things to two readers.
        if (header.Count > 1)
        {
            return new(BearerHeaderKind.Malformed, "");
        }

        var value = header[0].AsSpan().Trim(' ');
        var space = value.IndexOf(' ');
        var scheme = space < 0 ? value : value[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new(BearerHeaderKind.OtherScheme, "");
        }

        var token = space < 0 ? [] : value[space..].Trim(' ');
        return token.IsEmpty || token.ContainsAny(' ', '\t', ',')
            ? new(BearerHeaderKind.Malformed, "")
            : new(BearerHeaderKind.Token, token.ToString());
    }
}

/// <summary>Represents what an <c>Authorization</c> header holds.</summary>
internal enum BearerHeaderKind
{
    /// <summary>There is no header, or an empty one.</summary>
    Absent = 0,

    /// <summary>There are credentials, of a kind that isn't ours.</summary>
    OtherScheme = 1,

    /// <summary>It says Bearer but doesn't hold exactly one token, or there are several headers.</summary>
    Malformed = 2,

    /// <summary>There is one token.</summary>
    Token = 3,
}
