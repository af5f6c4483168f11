namespace Switchyard.Outbound.Destinations;

/// <summary>The names that mean something inside a network only (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and those of clouds).</summary>
internal static class LocalNames
{
    private static readonly string[] Domains = ["localhost", "localdomain", "local", "internal", "home.arpa"];

    /// <summary>Tells whether a host name is local: below one of the domains, or without any domain.</summary>
    public static bool Contains(string host)
    {
        var name = host.EndsWith('.') ? host.AsSpan()[..^1] : host;
        foreach (var domain in Domains)
        {
            if (IsBelow(name, domain))
            {
                return true;
            }
        }

        return !name.Contains('.') && !name.Contains(':');
    }

    private static bool IsBelow(ReadOnlySpan<char> name, string domain) =>
        name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (name.Length == domain.Length || name[name.Length - domain.Length - 1] == '.');
}
