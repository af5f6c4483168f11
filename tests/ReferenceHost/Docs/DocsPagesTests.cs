using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.Docs;

public sealed partial class DocsPagesTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    [Theory]
    [InlineData("/api", "/api/index.html")]
    [InlineData("/docs", "/docs/index.html")]
    [InlineData("/redoc", "/redoc/index.html")]
    public async Task A_page_and_all_that_it_loads_come_from_the_host(string address, string page)
    {
        var host = fixture.Host;

        using var redirect = await host.Http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MovedPermanently, redirect.StatusCode);
        Assert.Equal(page, new Uri(new Uri(host.Url + address), redirect.Headers.Location!).AbsolutePath);

        using var response = await host.Http.GetAsync(page, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var references = Reference().Matches(html).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain("//", string.Concat(references), StringComparison.Ordinal);
        foreach (var reference in references)
        {
            using var asset = await host.Http.GetAsync(new Uri(new Uri(host.Url + page), reference), TestContext.Current.CancellationToken);
            Assert.Equal((reference, HttpStatusCode.OK), (reference, asset.StatusCode));
        }
    }

    [Theory]
    [InlineData("/api/index.html")]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task A_page_may_load_nothing_from_elsewhere(string page)
    {
        var host = fixture.Host;

        using var response = await host.Http.GetAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"],
            response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/redoc/redoc.standalone.js", "cdn.redoc.ly")]
    [InlineData("/redoc/index.html", "googleapis")]
    public async Task What_ReDoc_would_fetch_from_elsewhere_is_gone(string asset, string elsewhere)
    {
        var host = fixture.Host;

        Assert.DoesNotContain(elsewhere, await host.Http.GetStringAsync(asset, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swagger_asks_no_validator_elsewhere()
    {
        var host = fixture.Host;

        var script = await host.Http.GetStringAsync("/api/index.js", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("\"validatorUrl\":\"http", script, StringComparison.Ordinal);
        Assert.Contains("/openapi/ingest.json", script, StringComparison.Ordinal);
        Assert.Contains("/openapi/scheduler.json", script, StringComparison.Ordinal);
        Assert.Contains("/openapi/v1.json", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_hold_the_routes_of_their_surface_and_one_holds_all()
    {
        var host = fixture.Host;

        var ingest = await PathsAsync(host, "ingest");
        var scheduler = await PathsAsync(host, "scheduler");
        var everything = await PathsAsync(host, "v1");

        Assert.Superset(new HashSet<string> { "/api/v1/jobs", "/api/v1/jobs/{uid}/start", "/api/v1/token/verify" }, ingest);
        Assert.DoesNotContain("/health", ingest);
        Assert.DoesNotContain("/dev-issuer/token", ingest);
        Assert.Superset(new HashSet<string> { "/api/jobs/{id}/explain", "/webhooks", "/api/webhooks", "/metrics", "/health", "/health/detailed" }, scheduler);
        Assert.DoesNotContain("/api/v1/jobs", scheduler);
        Assert.Superset(new HashSet<string>([.. ingest, .. scheduler, "/dev-issuer/token"]), everything);
    }

    [Fact]
    public async Task Health_is_for_anyone()
    {
        await using var host = await RunningHost.StartAsync(("ASPNETCORE_ENVIRONMENT", "Production"));

        Assert.Equal("""{"status":"healthy","service":"scheduler"}""", await host.Http.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, """{"error":"There is nothing at this address."}""")]
    [InlineData("GET", "/api/nothing", 404, """{"detail":"There is nothing at this address.","error_code":"NOT_FOUND","status_code":404}""")]
    [InlineData("GET", "/webhooks/1/x", 404, """{"detail":"There is nothing at this address.","error_code":"NOT_FOUND","status_code":404}""")]
    [InlineData("POST", "/health", 405, """{"detail":"This address does not answer to this method.","error_code":"METHOD_NOT_ALLOWED","status_code":405}""")]
    [InlineData("GET", "/dev-issuer/token", 405, """{"error":"invalid_request","error_description":"This address does not answer to this method."}""")]
    [InlineData("GET", "/openapi/no-such.json", 404, """{"error":"There is nothing at this address."}""")]
    public async Task An_unknown_address_is_answered_in_the_shape_of_whoever_owns_it(string method, string address, int status, string body)
    {
        var host = fixture.Host;
        using var request = new HttpRequestMessage(new HttpMethod(method), address);

        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
    }

    private static async Task<HashSet<string>> PathsAsync(RunningHost host, string document)
    {
        var json = JsonNode.Parse(await host.Http.GetStringAsync($"/openapi/{document}.json", TestContext.Current.CancellationToken))!;
        return [.. json["paths"]!.AsObject().Select(path => path.Key)];
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Reference();
}
