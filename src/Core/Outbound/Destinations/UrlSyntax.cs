namespace Switchyard.Outbound.Destinations;

/// <summary>
/// Looks at how a URL is written. Parsers differ over white space, backslashes, user information and escaped hosts, and where they
/// differ a check and a connection may see two hosts: such URLs are refused whatever they mean.
/// </summary>
internal static class UrlSyntax
{
    private const string AfterScheme = "://";

    public static Refusal? Judge(Uri url)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return Refusal.Scheme;
        }

        var text = url.OriginalString.AsSpan();
        if (ContainsAstray(text))
        {
            return Refusal.Characters;
        }

        // Such as http:/x and http:x, which browsers read in a way of their own.
        if (!text.StartsWith(url.Scheme + AfterScheme, StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.Scheme;
        }

        return JudgeAuthority(Authority(text[(url.Scheme.Length + AfterScheme.Length)..]), url);
    }

    private static Refusal? JudgeAuthority(ReadOnlySpan<char> authority, Uri url)
    {
        if (authority.Contains('@') || url.UserInfo.Length > 0)
        {
            return Refusal.UserInformation;
        }

        if (url.Port < 1)
        {
            return Refusal.Port(url.Port);
        }

        // A percent sign has its place before the zone of an IPv6 address only.
        return url.IdnHost.Length == 0 || (url.HostNameType != UriHostNameType.IPv6 && authority.Contains('%')) ? Refusal.Host : null;
    }

    private static ReadOnlySpan<char> Authority(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('/', '?', '#');
        return end < 0 ? text : text[..end];
    }

    private static bool ContainsAstray(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character == '\\' || char.IsControl(character) || char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }
}
