using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Switchyard.Outbound.Tests;

/// <summary>Says which addresses are not public, from first to last of each range: written out by hand, compared as numbers.</summary>
internal static class AddressOracle
{
    public static readonly (string First, string Last)[] Ranges =
    [
        ("0.0.0.0", "0.255.255.255"),
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("168.63.129.16", "168.63.129.16"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"),
        ("192.31.196.0", "192.31.196.255"),
        ("192.52.193.0", "192.52.193.255"),
        ("192.88.99.0", "192.88.99.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("192.175.48.0", "192.175.48.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"),
        ("203.0.113.0", "203.0.113.255"),
        ("224.0.0.0", "239.255.255.255"),
        ("240.0.0.0", "255.255.255.255"),
        ("::", "::ffff:ffff"),
        ("::1", "::1"),
        ("::ffff:0.0.0.0", "::ffff:255.255.255.255"),
        ("::ffff:0:0.0.0.0", "::ffff:0:255.255.255.255"),
        ("64:ff9b::", "64:ff9b::ffff:ffff"),
        ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
        ("100::", "100::ffff:ffff:ffff:ffff"),
        ("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"),
        ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ];

    private static readonly (AddressFamily Family, UInt128 First, UInt128 Last)[] Numbers =
        [.. Ranges.Select(range => (IPAddress.Parse(range.First).AddressFamily, ToNumber(IPAddress.Parse(range.First)), ToNumber(IPAddress.Parse(range.Last))))];

    public static bool IsPublic(IPAddress address) =>
        !Numbers.Any(range => range.Family == address.AddressFamily && ToNumber(address) >= range.First && ToNumber(address) <= range.Last);

    /// <summary>Gets the address so many further on, or <see langword="null"/> beyond the first and the last there is.</summary>
    public static IPAddress? Neighbour(IPAddress address, int by)
    {
        var isShort = address.AddressFamily == AddressFamily.InterNetwork;
        var (number, most) = (ToNumber(address), isShort ? uint.MaxValue : UInt128.MaxValue);
        if ((by < 0 && number == 0) || (by > 0 && number == most))
        {
            return null;
        }

        var moved = by < 0 ? number - 1 : number + 1;
        return isShort ? FromNumber((uint)moved) : FromNumber(moved);
    }

    public static IPAddress FromNumber(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    public static IPAddress FromNumber(UInt128 number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    private static UInt128 ToNumber(IPAddress address) =>
        address.GetAddressBytes().Aggregate(UInt128.Zero, (number, part) => (number << 8) | part);
}
