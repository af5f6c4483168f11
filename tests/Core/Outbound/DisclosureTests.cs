using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Switchyard.Outbound.Connections;

namespace Switchyard.Outbound.Tests;

/// <summary>What the guard tells to logs and counters, and what it never does.</summary>
public sealed class DisclosureTests
{
    [Fact]
    public async Task Neither_path_query_headers_nor_body_are_logged()
    {
        await using var receiver = await Receivers.StartAsync(_ => Task.CompletedTask);
        await using var guard = new Guard(o => o.TrustedHosts.Add("receiver.test"), new FakeResolver(["10.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]));

        await SendAsync(guard, "http://refused.example/canary-path?canary=canary-query");
        await SendAsync(guard, "http://canary-user:canary-password@refused.example/");
        await SendAsync(guard, receiver.Named("receiver.test", "/canary-path?canary=canary-query#canary-fragment"));
        await SendAsync(guard, "http://receiver.test:1/canary-path?canary=canary-query");

        Assert.Equal(
            [
                "Information 1 A request to host refused.example was refused: the host resolves to an address that is not public DestinationRefused ",
                "Information 1 A request to host refused.example was refused: the URL must not hold a user name or password DestinationRefused ",
            ],
            guard.Log.Lines);
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason_alone()
    {
        var counted = new ConcurrentQueue<string>();
        await using var guard = new Guard(resolver: new FakeResolver(["10.0.0.1"]));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == "Switchyard.Outbound")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Enqueue($"{instrument.Name} {value} {string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();

        await SendAsync(guard, "http://refused-for-its-addresses.example/canary");
        await SendAsync(guard, "http://127.0.0.1/canary");
        guard.WhyRefused("http://127.0.0.1/canary");

        // Other tests of this assembly count into meters of the same name.
        Assert.Contains("switchyard.outbound.refusals 1 reason=resolved_address", counted);
        Assert.Contains("switchyard.outbound.refusals 1 reason=address", counted);
        Assert.All(counted, line => Assert.Matches("^switchyard.outbound.refusals 1 reason=[a-z_]+$", line));
    }

    [Fact]
    public void Handler_does_nothing_that_a_request_did_not_ask_for()
    {
        var options = new OutboundGuardOptions();
        using var handler = GuardedHandler.Create(options, new CheckedConnections(new(options), new FakeResolver(), new TcpSockets(), Options.Create(options), TimeProvider.System));

        Assert.Equal((false, false, false, DecompressionMethods.None), (handler.AllowAutoRedirect, handler.UseProxy, handler.UseCookies, handler.AutomaticDecompression));
        Assert.Equal((8, 32, TimeSpan.FromSeconds(5)), (handler.MaxConnectionsPerServer, handler.MaxResponseHeadersLength, handler.ConnectTimeout));
        Assert.Equal(
            (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)),
            (handler.PooledConnectionLifetime, handler.PooledConnectionIdleTimeout, handler.ResponseDrainTimeout));
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.Credentials);
        Assert.Null(handler.SslOptions.RemoteCertificateValidationCallback);
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
    }

    private static async Task SendAsync(Guard guard, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("canary-body") };
        request.Headers.Add("Authorization", "Bearer canary-token");
        try
        {
            using var answer = await guard.Port.SendAsync(request, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException failure)
        {
            Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
        }
    }
}
