using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Switchyard.Outbound.Connections;

namespace Switchyard.Outbound.Tests;

/// <summary>Requests to real receivers on loopback.</summary>
public sealed class SendAsyncTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_arrives_as_it_is_under_the_name_of_its_host()
    {
        var seen = new TaskCompletionSource<string>();
        await using var receiver = await Receivers.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal);
            seen.SetResult($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}|{string.Join('|', headers)}|{await reader.ReadToEndAsync()}");
            context.Response.StatusCode = 418;
        });
        await using var guard = new Guard(o => o.TrustedHosts.Add("receiver.test"));
        using var request = new HttpRequestMessage(HttpMethod.Put, receiver.Named("receiver.test", "/a?b=c")) { Content = new StringContent("body") };
        request.Headers.Add("X-Mine", "value");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await guard.Port.SendAsync(request, Token);

        Assert.Equal(418, (int)answer.StatusCode);
        var authority = new Uri(receiver.Named("receiver.test", "")).Authority;
        Assert.Equal(
            $"PUT /a?b=c|Content-Length: 4|Content-Type: text/plain; charset=utf-8|Host: {authority}|X-Mine: value|traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01|body",
            await seen.Task);
    }

    [Fact]
    public async Task Answer_is_there_before_its_body()
    {
        var mayEnd = new TaskCompletionSource();
        await using var receiver = await Receivers.StartAsync(async context =>
        {
            await context.Response.Body.FlushAsync();
            await mayEnd.Task;
            await context.Response.WriteAsync("late");
        });
        await using var guard = new Guard(o => o.AllowedNetworks.Add("127.0.0.1/32"));

        using var answer = await guard.GetAsync(receiver.Urls.Single());
        mayEnd.SetResult();

        Assert.Equal("late", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_to_the_inside_is_not_followed(int status)
    {
        var hits = new ConcurrentQueue<string>();
        await using var inside = await Receivers.StartAsync(context =>
        {
            hits.Enqueue("inside");
            return Task.CompletedTask;
        });
        await using var receiver = await Receivers.StartAsync(context =>
        {
            hits.Enqueue("receiver");
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, inside.Urls.Single());
            return Task.CompletedTask;
        });
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true);

        using var answer = await guard.GetAsync(receiver.Urls.Single());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["receiver"], hits);
    }

    [Fact]
    public async Task Nothing_is_kept_traced_compressed_or_sent_through_a_proxy()
    {
        var seen = new ConcurrentQueue<string>();
        await using var receiver = await Receivers.StartAsync(async context =>
        {
            seen.Enqueue($"{context.Request.Headers.Cookie}{context.Request.Headers.AcceptEncoding}{context.Request.Headers.UserAgent}{context.Request.Headers.TraceParent}");
            context.Response.Headers.SetCookie = "a=b; Path=/";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync("not even gzip"u8.ToArray());
        });
        await using var proxy = await Receivers.StartAsync(_ => throw new InvalidOperationException("The proxy was used."));
        var before = HttpClient.DefaultProxy;

        // An activity of our own is nobody's business outside.
        using var activity = new Activity("test").Start();
        try
        {
            HttpClient.DefaultProxy = new WebProxy(proxy.Urls.Single());
            await using var guard = new Guard(o => o.AllowPrivateNetworks = true);
            for (var count = 0; count < 2; count++)
            {
                using var answer = await guard.GetAsync(receiver.Urls.Single());
                Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
                Assert.Equal("not even gzip", Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token)));
            }
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Equal(["", ""], seen);
    }

    [Fact]
    public async Task Connections_are_kept_and_no_more_than_allowed()
    {
        var waiting = new ConcurrentQueue<TaskCompletionSource>();
        await using var receiver = await Receivers.StartAsync(context =>
        {
            var mayEnd = new TaskCompletionSource();
            waiting.Enqueue(mayEnd);
            return mayEnd.Task;
        });
        var sockets = new FakeSockets(new TcpSockets().ConnectAsync);
        await using var guard = new Guard(o => (o.AllowPrivateNetworks, o.ConnectionsPerHost) = (true, 2), sockets: sockets);

        Task<HttpResponseMessage>[] sending = [.. Enumerable.Range(0, 6).Select(_ => guard.GetAsync(receiver.Urls.Single()))];
        for (var served = 0; served < sending.Length; served++)
        {
            TaskCompletionSource? mayEnd = null;
            await TestKit.Eventually.HoldsAsync(() => waiting.TryDequeue(out mayEnd), "the next request has arrived");
            mayEnd!.SetResult();
        }

        Assert.All(await Task.WhenAll(sending), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(2, sockets.Tried.Count);
    }

    [Fact]
    public async Task Host_header_of_the_callers_own_is_refused()
    {
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true);

        var refused = await guard.RefusedAsync("https://example.com/", request => request.Headers.Host = "inside.example");

        Assert.Equal("destination not allowed: the request must not set the Host header", refused.Message);
        Assert.Empty(guard.Resolver.Asked);
    }

    [Fact]
    public async Task HTTP_3_which_makes_connections_of_its_own_is_never_used()
    {
        await using var receiver = await Receivers.StartAsync(context => context.Response.WriteAsync(context.Request.Protocol));
        await using var guard = new Guard(o => o.AllowPrivateNetworks = true);
        using var request = new HttpRequestMessage(HttpMethod.Get, receiver.Urls.Single()) { Version = HttpVersion.Version30, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await guard.Port.SendAsync(request, Token);

        Assert.Equal("HTTP/1.1", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower), (request.Version, request.VersionPolicy));
    }

    [Fact]
    public async Task Many_requests_to_a_refused_host_are_all_refused()
    {
        await using var guard = new Guard(resolver: new FakeResolver(["10.0.0.1"]));

        var refused = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => guard.RefusedAsync($"http://example.com/{number}")));

        Assert.Equal(50, refused.Distinct().Count());
    }

    [Fact]
    public async Task Request_without_a_URL_is_the_programmers_error()
    {
        await using var guard = new Guard();
        using var request = new HttpRequestMessage();

        await Assert.ThrowsAsync<ArgumentException>(() => guard.Port.SendAsync(request, Token));
    }
}
