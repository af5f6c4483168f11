using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Outbound.Destinations;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Outbound.Tests;

/// <summary>The guard's properties over all addresses, spellings, answers of DNS, and redirects.</summary>
public sealed class OutboundProperties
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static readonly uint[] Edges =
        [.. AddressOracle.Ranges.Select(range => IPAddress.Parse(range.First)).Where(first => first.GetAddressBytes().Length == 4)
            .Select(first => BitConverter.ToUInt32([.. first.GetAddressBytes().Reverse()]))];

    // Half of them anywhere, half of them close to where a range begins.
    private static Gen<IPAddress> Short { get; } = Gen.OneOf(
        Bits(32).Select(bits => AddressOracle.FromNumber((uint)bits)),
        Gen.Elements(Edges).SelectMany(edge => Gen.Choose(-2, 2).Select(by => AddressOracle.FromNumber(unchecked(edge + (uint)by)))));

    private static Gen<IPAddress> Long { get; } = Gen.OneOf(
        Bits(128).Select(AddressOracle.FromNumber),
        Bits(125).Select(bits => AddressOracle.FromNumber(bits | (UInt128.One << 125))),
        Gen.Elements(AddressOracle.Ranges.Where(range => range.First.Contains(':', StringComparison.Ordinal)).ToArray())
            .Select(range => AddressOracle.Neighbour(IPAddress.Parse(range.First), -1) ?? IPAddress.IPv6Loopback));

    private static Gen<IPAddress> PublicOnly { get; } = Gen.Elements("8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::1").Select(IPAddress.Parse);

    [Fact]
    public void IPv4_address_is_refused_where_the_table_has_it_and_always_inside_an_IPv6_one() =>
        Property.Holds(
            Short,
            address => AddressOracle.IsPublic(address) ? "public" : "special",
            ["public", "special"],
            address =>
            {
                Assert.Equal(AddressOracle.IsPublic(address), SpecialNetworks.Find(address) is null);
                Assert.All(Carriers(address), carrier => Assert.NotNull(SpecialNetworks.Find(carrier)));
            },
            cases: 10_000);

    [Fact]
    public void IPv6_address_is_refused_where_the_table_has_it() =>
        Property.Holds(
            Long,
            address => AddressOracle.IsPublic(address) ? "public" : "special",
            ["public", "special"],
            address => Assert.Equal(AddressOracle.IsPublic(address), SpecialNetworks.Find(address) is null),
            cases: 10_000);

    [Fact]
    public async Task Spelling_of_an_address_changes_nothing()
    {
        await using var guard = new Guard();
        Property.Holds(
            Short.SelectMany(address => Gen.Choose(0, Spellings - 1).Select(spelling => (address, spelling))),
            sample => AddressOracle.IsPublic(sample.address) ? "public" : "special",
            ["public", "special"],
            sample =>
            {
                var url = $"http://{Spell(sample.address, sample.spelling)}/";
                Assert.Equal(AddressOracle.IsPublic(sample.address), guard.WhyRefused(url) is null);
            },
            cases: 5_000);
    }

    [Fact]
    public void Request_is_sent_only_where_all_addresses_are_public_and_to_one_of_them() =>
        Property.Holds(
            Gen.Elements(0, 1, 9).SelectMany(share => Gen.Frequency((share, PublicOnly), (1, Short), (1, Long)).ListOf()).SelectMany(list => Gen.Choose(0, 6).Select(most => list.Take(most).ToArray())),
            answers => answers.Length == 0 ? "none" : answers.All(AddressOracle.IsPublic) ? "all public" : answers.Any(AddressOracle.IsPublic) ? "mixed" : "all special",
            ["none", "all public", "mixed", "all special"],
            SendAsync,
            cases: 1_000);

    [Fact]
    public void Redirect_is_an_answer_and_never_followed() =>
        Property.Holds(
            Gen.Elements(300, 301, 302, 303, 305, 307, 308).SelectMany(status => Gen.Elements(
                "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data", "https://example.org/", "//10.0.0.1/", "/again", "file:///etc/passwd", "\u00e4", "")
                .Select(location => (status, location))),
            sample => sample.location.StartsWith("http", StringComparison.Ordinal) ? "to another host" : "elsewhere",
            ["to another host", "elsewhere"],
            async sample =>
            {
                var sockets = FakeSockets.Answering($"HTTP/1.1 {sample.status} Moved\r\nLocation: {sample.location}\r\nContent-Length: 0\r\n\r\n");
                await using var guard = new Guard(resolver: new FakeResolver(["8.8.8.8"], ["127.0.0.1"]), sockets: sockets);

                using var answer = await guard.GetAsync("http://example.com/");

                Assert.Equal(sample.status, (int)answer.StatusCode);
                Assert.Equal("8.8.8.8:80", Assert.Single(sockets.Tried).ToString());
                Assert.Single(guard.Resolver.Asked);
            },
            cases: 300);

    private const int Spellings = 11;

    private static async Task SendAsync(IPAddress[] answers)
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(resolver: new FakeResolver([.. answers.Select(address => address.ToString())]), sockets: sockets);
        if (answers.Length > 0 && answers.All(AddressOracle.IsPublic))
        {
            using var answer = await guard.GetAsync("http://example.com/");
            Assert.Contains(Assert.Single(sockets.Tried).Address, answers);
            return;
        }

        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(() => guard.GetAsync("http://example.com/"));
        Assert.Equal(answers.Length > 0, failure is OutboundRefusedException);
        Assert.Empty(sockets.Tried);
    }

    private static IEnumerable<IPAddress> Carriers(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var (high, low) = ($"{bytes[0]:x2}{bytes[1]:x2}", $"{bytes[2]:x2}{bytes[3]:x2}");
        return ((string[])[$"::ffff:{high}:{low}", $"::{high}:{low}", $"::ffff:0:{high}:{low}", $"64:ff9b::{high}:{low}", $"64:ff9b:1::{high}:{low}", $"2002:{high}:{low}::1", $"2001:0:{high}:{low}::"])
            .Select(IPAddress.Parse);
    }

    private static string Spell(IPAddress address, int spelling)
    {
        var bytes = address.GetAddressBytes();
        var number = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return spelling switch
        {
            0 => address.ToString(),
            1 => number.ToString(CultureInfo.InvariantCulture),
            2 => $"0x{number:x}",
            3 => "0" + Convert.ToString(number, 8),
            4 => string.Join('.', bytes.Select(part => $"0x{part:X}")),
            5 => string.Join('.', bytes.Select(part => "0" + Convert.ToString(part, 8))),
            6 => $"{bytes[0]}.{number & 0xffffff}",
            7 => $"{bytes[0]}.0x{bytes[1]:x}.{number & 0xffff}",
            8 => $"{address}.",
            9 => address.ToString().Replace('.', '。'),
            _ => string.Concat(address.ToString().Select(part => char.IsAsciiDigit(part) ? (char)('０' + part - '0') : part)),
        };
    }

    private static Gen<UInt128> Bits(int count) =>
        Gen.Choose(0, ushort.MaxValue).ArrayOf(8)
            .Select(parts => parts.Aggregate(UInt128.Zero, (number, part) => (number << 16) | (ushort)part))
            .Select(number => number >> (128 - count));
}
