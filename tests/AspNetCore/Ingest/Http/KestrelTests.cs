using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>Requests that no HTTP client sends, byte by byte.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private const string Authorized = "Host: x\r\nConnection: close\r\nAuthorization: Bearer " + TokenOf.Acme + "\r\n";
    private IngestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await IngestApp.StartAsync(builder => builder.Services.Configure<KestrelServerOptions>(options =>
    {
        // As short as Kestrel allows; its watch ticks once a second.
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1);
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(2));
    }));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Three_hundred_headers_are_431() =>
        Assert.Equal("431", await StatusAsync("GET /api/v1/jobs HTTP/1.1\r\n" + Authorized + string.Concat(Enumerable.Range(0, 300).Select(i => $"X-{i}: 1\r\n")) + "\r\n"));

    [Fact]
    public async Task Headers_of_33_KB_are_431() =>
        Assert.Equal("431", await StatusAsync($"GET /api/v1/jobs HTTP/1.1\r\n{Authorized}X: {new string('x', 33 * 1024)}\r\n\r\n"));

    [Fact]
    public async Task Request_line_of_9_KB_is_414() =>
        Assert.Equal("414", await StatusAsync($"GET /api/v1/jobs?x={new string('x', 9 * 1024)} HTTP/1.1\r\n{Authorized}\r\n"));

    [Fact]
    public async Task Headers_that_never_end_are_given_up() =>
        Assert.Equal("408", await StatusAsync("GET /api/v1/jobs HTTP/1.1\r\nHost: x\r\n"));

    [Fact]
    public async Task Body_that_never_ends_is_given_up_in_the_shape_of_the_surface()
    {
        var answer = await RawHttp.SendAsync(_app.Address, $"POST /api/v1/jobs HTTP/1.1\r\n{Authorized}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"message":"The request took too long to arrive.","error":"Request Timeout","statusCode":408,"code":"request_timeout"}""",
            answer,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_says_to_be_too_large_is_413()
    {
        var answer = await RawHttp.SendAsync(
            _app.Address, $"POST /api/v1/jobs HTTP/1.1\r\n{Authorized}Content-Type: application/json\r\nContent-Length: 20000000\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"message":"The body is larger than this address accepts.","error":"Payload Too Large","statusCode":413,"code":"payload_too_large"}""",
            answer,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: -2\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nX: a\r\n b\r\n\r\n{}")]
    [InlineData("Content-Length : 2\r\n\r\n{}")]
    [InlineData("X: a\rb\r\n\r\n")]
    [InlineData("X: a\0b\r\n\r\n")]
    public async Task Framing_that_two_servers_could_read_in_two_ways_is_400(string rest)
    {
        var status = await StatusAsync($"POST /api/v1/jobs HTTP/1.1\r\n{Authorized}Content-Type: application/json\r\n{rest}");

        Assert.Equal("400", status);
        Assert.Equal((0L, 0, 0), await _app.CountAsync());
    }

    [Fact]
    public async Task Chunked_body_with_a_length_besides_creates_at_most_what_its_chunks_say()
    {
        var body = Jobs.Submissions.Body();
        var status = await StatusAsync(
            $"POST /api/v1/jobs HTTP/1.1\r\n{Authorized}Content-Type: application/json\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n");

        Assert.Contains(status, (string[])["201", "400"]);
        Assert.Equal(status == "201" ? 1L : 0L, (await _app.CountAsync()).Jobs);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("BREW")]
    public async Task Other_methods_are_405_with_Allow(string method)
    {
        var answer = await RawHttp.SendAsync(_app.Address, $"{method} /api/v1/token/verify HTTP/1.1\r\n{Authorized}\r\n");

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: POST\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_reaches_nothing() =>
        Assert.Equal("404", await StatusAsync($"CONNECT x:80 HTTP/1.1\r\n{Authorized.Replace("Host: x", "Host: x:80", StringComparison.Ordinal)}\r\n"));

    [Theory]
    [InlineData("//api/v1/jobs", "404", "404")]
    [InlineData("/api/v1/jobs/", "401", "200")]
    [InlineData("/API/V1/JOBS", "401", "200")]
    [InlineData("/api/v1/x/../jobs", "401", "200")]
    [InlineData("/api/v1/x/%2e%2e/jobs", "401", "200")]
    [InlineData("/api/v1/%6aobs", "401", "200")]
    [InlineData("/api/v1/jobs%2f..%2f", "404", "404")]
    [InlineData("/api/v1%2fjobs", "404", "404")]
    [InlineData("/api/v1/jobs;x=1", "404", "404")]
    [InlineData("/api/v1/jobs%00", "400", "400")]
    [InlineData("/api/v1/jobs.json", "404", "404")]
    [InlineData("/api/v1\\jobs", "404", "404")]
    public async Task Spelling_of_the_path_never_gets_around_the_policy(string path, string anonymous, string authorized)
    {
        Assert.Equal(anonymous, await StatusAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.Equal(authorized, await StatusAsync($"GET {path} HTTP/1.1\r\n{Authorized}\r\n"));
    }

    private async Task<string> StatusAsync(string request)
    {
        var answer = await RawHttp.SendAsync(_app.Address, request);
        return answer.Split(' ', 3)[1];
    }
}
