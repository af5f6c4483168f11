using System.Net;
using System.Net.Sockets;
using Switchyard.TestKit;

namespace Switchyard.Outbound.Tests;

/// <summary>DNS answers, and where the guard connects to in view of them.</summary>
public sealed class CheckedConnectionsTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("8.8.8.8,127.0.0.1")]
    [InlineData("127.0.0.1,8.8.8.8")]
    [InlineData("8.8.8.8,2606:4700::1111,::ffff:10.0.0.1")]
    [InlineData("2606:4700::1111,fd00:ec2::254")]
    public async Task Name_with_one_address_that_is_not_public_is_refused(string answers)
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(resolver: new FakeResolver(answers.Split(',')), sockets: sockets);

        var refused = await guard.RefusedAsync("https://10.0.0.1.nip.io/x?y=z");

        Assert.Equal("destination not allowed: the host resolves to an address that is not public", refused.Message);
        Assert.Empty(sockets.Tried);
    }

    [Fact]
    public async Task A_thousand_addresses_are_all_checked()
    {
        var sockets = FakeSockets.Answering(Ok);
        string[] answers = [.. Enumerable.Range(0, 999).Select(number => $"8.8.{number / 256}.{number % 256}"), "10.0.0.1"];
        await using var guard = new Guard(resolver: new FakeResolver(answers), sockets: sockets);

        await guard.RefusedAsync("http://example.com/");

        Assert.Empty(sockets.Tried);
    }

    [Fact]
    public async Task Name_that_turns_private_after_the_check_is_not_asked_for_again()
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(resolver: new FakeResolver(["8.8.8.8"], ["127.0.0.1"]), sockets: sockets);

        using (var answer = await guard.GetAsync("http://rebinding.example/"))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("8.8.8.8:80", Assert.Single(sockets.Tried).ToString());
        Assert.Equal("rebinding.example", Assert.Single(guard.Resolver.Asked));

        // The connection was closed, so the next request needs another, and sees what the name means by now.
        await guard.RefusedAsync("http://rebinding.example/");
        Assert.Single(sockets.Tried);
    }

    [Fact]
    public async Task Addresses_are_tried_in_turn()
    {
        var sockets = new FakeSockets((endPoint, _) => endPoint.Address.ToString() == "9.9.9.9"
            ? ValueTask.FromResult<Stream>(new CannedStream(Ok))
            : throw new SocketException((int)SocketError.ConnectionRefused));
        await using var guard = new Guard(resolver: new FakeResolver(["8.8.8.8", "2606:4700::1111", "9.9.9.9", "1.1.1.1"]), sockets: sockets);

        using var answer = await guard.GetAsync("http://example.com:8443/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["8.8.8.8:8443", "[2606:4700::1111]:8443", "9.9.9.9:8443"], sockets.Tried.Select(endPoint => endPoint.ToString()));
    }

    [Fact]
    public async Task Address_that_hangs_does_not_take_the_time_of_the_next()
    {
        var clock = new ManualTimeProvider();
        var sockets = new FakeSockets(async (endPoint, cancellationToken) =>
        {
            if (endPoint.Address.ToString() == "8.8.8.8")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            }

            return new CannedStream(Ok);
        });
        await using var guard = new Guard(resolver: new FakeResolver(["8.8.8.8", "9.9.9.9"]), sockets: sockets, time: clock, configure: o => o.ConnectTimeout = TimeSpan.FromMinutes(1));

        var sending = guard.GetAsync("http://example.com/");
        await Eventually.HoldsAsync(() => sockets.Tried.Count == 1 && clock.ArmedTimers > 0, "the first address is being tried");
        clock.Advance(TimeSpan.FromSeconds(30));

        using var answer = await sending;
        Assert.Equal(["8.8.8.8:80", "9.9.9.9:80"], sockets.Tried.Select(endPoint => endPoint.ToString()));
    }

    [Fact]
    public async Task No_more_than_four_addresses_are_tried()
    {
        var sockets = new FakeSockets((_, _) => throw new SocketException((int)SocketError.ConnectionRefused));
        await using var guard = new Guard(resolver: new FakeResolver(["8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5"]), sockets: sockets);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => guard.GetAsync("http://example.com/"));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
        Assert.Equal(4, sockets.Tried.Count);
    }

    [Fact]
    public async Task Name_without_addresses_is_a_failure_and_no_refusal()
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(resolver: new FakeResolver([[]]), sockets: sockets);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => guard.GetAsync("http://nowhere.example/"));

        Assert.Equal(HttpRequestError.NameResolutionError, failure.HttpRequestError);
        Assert.Empty(sockets.Tried);
    }

    [Fact]
    public async Task Trusted_host_is_exactly_the_name()
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(o => o.TrustedHosts.Add("IdP.internal"), sockets: sockets);

        using var answer = await guard.GetAsync("http://idp.INTERNAL:9000/");

        Assert.Equal("127.0.0.1:9000", Assert.Single(sockets.Tried).ToString());
        Assert.Null(guard.WhyRefused("http://idp.internal:22/"));
        Assert.All(
            ["http://x.idp.internal/", "http://idp.internal./", "http://idp.internal.example:9000/", "http://127.0.0.1/", "http://user@idp.internal/"],
            url => Assert.NotNull(guard.WhyRefused(url)));
        await guard.RefusedAsync("http://idp.internal.example/");
        Assert.Single(sockets.Tried);
    }

    [Fact]
    public async Task Allowed_network_is_no_more_than_itself()
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(
            o =>
            {
                o.AllowedNetworks.Add("10.20.0.0/16");
                o.AllowedPorts = [80];
            },
            new FakeResolver(["10.20.0.1", "8.8.8.8"], ["10.20.255.255", "10.21.0.0"], ["8.8.8.8"]), sockets);

        using var answer = await guard.GetAsync("http://inside.example/");

        Assert.Null(guard.WhyRefused("http://10.20.0.0:9000/"));
        Assert.NotNull(guard.WhyRefused("http://10.21.0.0/"));
        Assert.NotNull(guard.WhyRefused("http://[::ffff:10.20.0.0]/"));
        Assert.NotNull(guard.WhyRefused("http://localhost/"));
        await guard.RefusedAsync("http://inside.example/");
        Assert.Equal("destination not allowed: port 22 is not one that may be called", (await guard.RefusedAsync("http://outside.example:22/")).Message);
    }

    [Fact]
    public async Task Where_private_networks_are_allowed_only_the_way_a_URL_is_written_counts()
    {
        var sockets = FakeSockets.Answering(Ok);
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true, new FakeResolver(["10.0.0.1", "8.8.8.8"]), sockets);

        using var answer = await guard.GetAsync("http://redis:6379/");

        Assert.Equal("10.0.0.1:6379", Assert.Single(sockets.Tried).ToString());
        Assert.Null(guard.WhyRefused("http://localhost:5000/"));
        Assert.Null(guard.WhyRefused("http://169.254.169.254/"));
        Assert.Null(guard.WhyRefused("http://[::1]:1/"));
        Assert.All(["ftp://localhost/", "http://u@localhost/", "http://localhost:0/", "http://localhost/a b"], url => Assert.NotNull(guard.WhyRefused(url)));
        await guard.RefusedAsync("http://u:p@redis:6379/");
    }
}
