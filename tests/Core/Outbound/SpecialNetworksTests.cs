using System.Net;
using Switchyard.Outbound.Destinations;

namespace Switchyard.Outbound.Tests;

public sealed class SpecialNetworksTests
{
    public static TheoryData<string, string> Ranges()
    {
        var data = new TheoryData<string, string>();
        foreach (var (first, last) in AddressOracle.Ranges)
        {
            data.Add(first, last);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Range_begins_and_ends_where_it_should(string first, string last)
    {
        Assert.NotNull(SpecialNetworks.Find(IPAddress.Parse(first)));
        Assert.NotNull(SpecialNetworks.Find(IPAddress.Parse(last)));
        Assert.All(
            [AddressOracle.Neighbour(IPAddress.Parse(first), -1), AddressOracle.Neighbour(IPAddress.Parse(last), 1)],
            outside => Assert.True(outside is null || AddressOracle.IsPublic(outside) == SpecialNetworks.Find(outside) is null, $"{outside}"));
    }

    // Outside of the ranges whose neighbours are ranges too, the next address is public: so no range is written too large unnoticed.
    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db9::")]
    [InlineData("2003::")]
    [InlineData("2606:4700::1111")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff:1000::")]
    public void Public_address_is_public(string address) => Assert.Null(SpecialNetworks.Find(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("::1", "loopback")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("fd00:ec2::254", "private")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("fe80::1%3", "link-local")]
    [InlineData("100.100.100.200", "shared by a carrier")]
    [InlineData("::ffff:8.8.8.8", "an IPv4 address in IPv6")]
    [InlineData("64:ff9b::8.8.8.8", "an IPv4 address in IPv6")]
    [InlineData("2001:0:4136:e378::1", "an IPv4 address in IPv6")]
    [InlineData("4000::1", "reserved")]
    public void Range_is_named_for_the_user(string address, string range) => Assert.Equal(range, SpecialNetworks.Find(IPAddress.Parse(address)));
}
