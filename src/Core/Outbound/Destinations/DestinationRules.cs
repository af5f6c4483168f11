using System.Collections.Frozen;
using System.Net;

namespace Switchyard.Outbound.Destinations;

/// <summary>Judges destinations by the operator's options: first as they are written, then by the addresses that they turn out to be.</summary>
internal sealed class DestinationRules(OutboundGuardOptions options)
{
    private readonly bool _anything = options.AllowPrivateNetworks;
    private readonly FrozenSet<string> _trusted = options.TrustedHosts.Select(host => TrustedHostName.Normalize(host)!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly IPNetwork[] _allowed = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];
    private readonly FrozenSet<int> _ports = options.AllowedPorts.ToFrozenSet();

    /// <summary>Judges a URL as it is written; a name is judged by its addresses later.</summary>
    public Refusal? Judge(Uri url)
    {
        if (UrlSyntax.Judge(url) is { } refusal)
        {
            return refusal;
        }

        var host = url.IdnHost;
        if (IsTrusted(host))
        {
            return null;
        }

        // With a full stop at its end an address is still one to some resolvers.
        if (IPAddress.TryParse(host.EndsWith('.') ? host.AsSpan()[..^1] : host, out var address))
        {
            return Judge(address, url.Port);
        }

        if (LocalNames.Contains(host))
        {
            return Refusal.LocalName;
        }

        // A name may turn out to lie in an allowed network, where any port is allowed.
        return _allowed.Length == 0 ? JudgePort(url.Port) : null;
    }

    /// <summary>Judges what a host was resolved to, all of it: one address that is not public spoils the rest.</summary>
    public Refusal? Judge(string host, IReadOnlyList<IPAddress> addresses, int port)
    {
        if (IsTrusted(host))
        {
            return null;
        }

        var refusal = addresses.Select(address => Judge(address, port)).FirstOrDefault(found => found is not null);

        // Which range it is would tell a stranger what names mean inside.
        return refusal is { Kind: "address" } && !IPAddress.TryParse(host, out _) ? Refusal.Resolved : refusal;
    }

    private bool IsTrusted(string host) => _anything || _trusted.Contains(host);

    private Refusal? Judge(IPAddress address, int port)
    {
        // IPNetwork compares an IPv4 address in IPv6 wrongly; nobody has to allow one.
        if (!address.IsIPv4MappedToIPv6 && _allowed.Any(network => network.Contains(address)))
        {
            return null;
        }

        return SpecialNetworks.Find(address) is { } range ? Refusal.Address(range) : JudgePort(port);
    }

    private Refusal? JudgePort(int port) => port > 0 && (_ports.Count == 0 || _ports.Contains(port)) ? null : Refusal.Port(port);
}
