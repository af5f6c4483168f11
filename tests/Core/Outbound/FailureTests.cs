using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Switchyard.Outbound.Tests;

/// <summary>Receivers that misbehave are failures with a name, and nothing else.</summary>
public sealed class FailureTests
{
    private static readonly byte[] HeaderLine = Encoding.ASCII.GetBytes($"x-filler: {new string('x', 1000)}\r\n");

    [Fact]
    public async Task Endless_headers_are_cut_off()
    {
        await using var receiver = new RawReceiver(async (socket, cancellationToken) =>
        {
            await RawReceiver.ReadHeadAsync(socket, cancellationToken);
            await socket.SendAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await socket.SendAsync(HeaderLine, cancellationToken);
            }
        });

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, (await FailureAsync(receiver.Url)).HttpRequestError);
    }

    [Fact]
    public async Task Reset_connection_is_a_failure()
    {
        await using var receiver = new RawReceiver(async (socket, cancellationToken) =>
        {
            await RawReceiver.ReadHeadAsync(socket, cancellationToken);
            socket.LingerState = new LingerOption(true, 0);
        });

        await FailureAsync(receiver.Url);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", HttpRequestError.ResponseEnded)]
    [InlineData("", HttpRequestError.ResponseEnded)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", HttpRequestError.InvalidResponse)]
    [InlineData("HTTP/1.1 99999 What\r\n\r\n", HttpRequestError.InvalidResponse)]
    public async Task Broken_answer_is_a_failure(string answer, HttpRequestError error)
    {
        await using var receiver = new RawReceiver(async (socket, cancellationToken) =>
        {
            await RawReceiver.ReadHeadAsync(socket, cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        });

        Assert.Equal(error, (await FailureAsync(receiver.Url)).HttpRequestError);
    }

    [Fact]
    public async Task Receiver_that_never_answers_is_waited_for_as_long_as_the_caller_says()
    {
        using var giveUp = new CancellationTokenSource();
        await using var receiver = new RawReceiver(async (socket, cancellationToken) =>
        {
            await RawReceiver.ReadHeadAsync(socket, cancellationToken);
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        });
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true);
        using var request = new HttpRequestMessage(HttpMethod.Get, receiver.Url);

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => guard.Port.SendAsync(request, giveUp.Token));

        Assert.Equal(giveUp.Token, failure.CancellationToken);
    }

    [Fact]
    public async Task Connection_that_does_not_come_about_is_a_failure_and_no_cancellation()
    {
        var sockets = new FakeSockets(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("unreachable");
        });
        await using var guard = new Guard(o => (o.AllowPrivateNetworks, o.ConnectTimeout) = (true, TimeSpan.FromSeconds(0.1)), sockets: sockets);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => guard.GetAsync("http://example.com/"));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }

    [Fact]
    public async Task Closed_port_is_a_failure()
    {
        string url;
        await using (var receiver = new RawReceiver((_, _) => Task.CompletedTask))
        {
            url = receiver.Url;
        }

        Assert.Equal(HttpRequestError.ConnectionError, (await FailureAsync(url)).HttpRequestError);
    }

    [Theory]
    [InlineData("receiver.test", 1, "UntrustedRoot", false)]
    [InlineData("receiver.test", -1, "NotTimeValid", false)]
    [InlineData("other.test", 1, "RemoteCertificateNameMismatch", true)]
    public async Task Certificate_that_is_not_good_for_the_host_is_a_failure(string certified, int days, string error, bool isMismatch)
    {
        string? asked = null;
        using var certificate = Receivers.Certificate(certified, TimeProvider.System.GetUtcNow().AddDays(days));
        await using var receiver = await Receivers.StartAsync(_ => throw new InvalidOperationException("A request came through."), certificate, name => asked = name);
        await using var guard = new Guard(o => o.TrustedHosts.Add("receiver.test"));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => guard.GetAsync(receiver.Named("receiver.test", "/")));

        Assert.Equal(HttpRequestError.SecureConnectionError, failure.HttpRequestError);
        var inner = Assert.IsType<AuthenticationException>(failure.InnerException);
        Assert.Contains(error, inner.Message, StringComparison.Ordinal);
        Assert.Equal(isMismatch, inner.Message.Contains("NameMismatch", StringComparison.Ordinal));
        Assert.Equal("receiver.test", asked);
    }

    private static async Task<HttpRequestException> FailureAsync(string url)
    {
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true);
        return await Assert.ThrowsAsync<HttpRequestException>(() => guard.GetAsync(url));
    }
}
