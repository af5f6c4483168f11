using System.Net;

namespace Switchyard.Outbound.Destinations;

/// <summary>
/// The addresses that are not public: the special-purpose registries of IANA (RFC 6890 and its updates), the addresses of cloud
/// metadata services, every form that carries an IPv4 address inside an IPv6 one, and all of IPv6 that is not global unicast.
/// </summary>
internal static class SpecialNetworks
{
    private const string Carrier = "an IPv4 address in IPv6";

    // The first that matches names the range, so what is special in a larger range comes before it.
    private static readonly (IPNetwork Network, string Range)[] Table =
    [
        Row("0.0.0.0/8", "unspecified"),
        Row("10.0.0.0/8", "private"),
        Row("100.64.0.0/10", "shared by a carrier"),
        Row("127.0.0.0/8", "loopback"),
        Row("168.63.129.16/32", "a cloud's own"),
        Row("169.254.0.0/16", "link-local"),
        Row("172.16.0.0/12", "private"),
        Row("192.0.0.0/24", "reserved"),
        Row("192.0.2.0/24", "for documentation"),
        Row("192.31.196.0/24", "reserved"),
        Row("192.52.193.0/24", "reserved"),
        Row("192.88.99.0/24", "reserved"),
        Row("192.168.0.0/16", "private"),
        Row("192.175.48.0/24", "reserved"),
        Row("198.18.0.0/15", "for benchmarks"),
        Row("198.51.100.0/24", "for documentation"),
        Row("203.0.113.0/24", "for documentation"),
        Row("224.0.0.0/4", "multicast"),
        Row("240.0.0.0/4", "reserved"),
        Row("::/128", "unspecified"),
        Row("::1/128", "loopback"),
        Row("::/96", Carrier),
        Row("::ffff:0:0:0/96", Carrier),
        Row("64:ff9b::/96", Carrier),
        Row("64:ff9b:1::/48", Carrier),
        Row("100::/64", "reserved"),
        Row("100:0:0:1::/64", "reserved"),
        Row("2001::/32", Carrier),
        Row("2001::/23", "reserved"),
        Row("2001:db8::/32", "for documentation"),
        Row("2002::/16", Carrier),
        Row("2620:4f:8000::/48", "reserved"),
        Row("3fff::/20", "for documentation"),
        Row("5f00::/16", "reserved"),
        Row("fc00::/7", "private"),
        Row("fe80::/10", "link-local"),
        Row("fec0::/10", "private"),
        Row("ff00::/8", "multicast"),

        // IPv6 hands out 2000::/3 alone; the rest is nobody's yet.
        Row("::/3", "reserved"),
        Row("4000::/2", "reserved"),
        Row("8000::/1", "reserved"),
    ];

    /// <summary>Names the range that an address lies in, as a predicate ("private"), or gives <see langword="null"/> for a public one.</summary>
    public static string? Find(IPAddress address)
    {
        // ::ffff:0:0/96. IPNetwork takes such an address for the IPv4 one that it carries, and then finds it in no IPv6 network.
        if (address.IsIPv4MappedToIPv6)
        {
            return Carrier;
        }

        foreach (var (network, range) in Table)
        {
            if (network.Contains(address))
            {
                return range;
            }
        }

        return null;
    }

    private static (IPNetwork Network, string Range) Row(string network, string range) => (IPNetwork.Parse(network), range);
}
