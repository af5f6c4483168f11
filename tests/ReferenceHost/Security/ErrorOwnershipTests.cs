using System.Text;
using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Who owns a path writes its errors, whether or not there is a route: status and whole body.</summary>
public sealed class ErrorOwnershipTests(DevelopmentHost fixture) : IClassFixture<DevelopmentHost>
{
    private const string Nothing = "There is nothing at this address.";
    private const string NotThisMethod = "This address does not answer to this method.";

    public static TheoryData<string, string> Owners() => new()
    {
        { "/api/v1/x", "ingest" },
        { "/api/v1", "ingest" },
        { "/API/V1/x", "ingest" },
        { "/api/v1/jobs/a/b/c", "ingest" },
        { "/api/earthbeam/x", "ingest" },
        { "/api/earthbeam/jobs/x/y/z", "ingest" },
        { "/api/x", "scheduler" },
        { "/api/v1x", "scheduler" },
        { "/api/jobs/x/toggle", "scheduler" },
        { "/api/jobs/x/enable/y", "scheduler" },
        { "/api/webhooks/x/y", "scheduler" },
        { "/webhooks/x/y", "scheduler" },
        { "/api/executions", "scheduler" },
        { "/metrics/x", "scheduler" },
        { "/health/x", "scheduler" },
        { "/api/runbooks", "plain" },
        { "/api/runbooks/x", "plain" },
        { "/api/batches/x", "plain" },
        { "/api/step-results", "plain" },
        { "/jobs", "plain" },
        { "/runs/x", "plain" },
        { "/auth/login", "plain" },
        { "/auth/register", "plain" },
        { "/auth/x", "plain" },
        { "/ssoauth/x", "plain" },
        { "/dev-issuer/x", "oauth" },
        { "/dev-issuer", "oauth" },
        { "/x", "plain" },
        { "/", "plain" },
        { "/apix", "plain" },
        { "/blobsx/y", "plain" },
        { "/openapi", "plain" },
    };

    public static TheoryData<string, string, string, string> Methods() => new()
    {
        { "DELETE", "/api/v1/jobs", "GET, POST", "ingest" },
        { "GET", "/api/v1/token/verify", "POST", "ingest" },
        { "PUT", "/api/v1/jobs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/start", "POST", "ingest" },
        { "GET", "/api/earthbeam/next", "POST", "ingest" },
        { "POST", "/api/earthbeam/auth/3f2504e0-4f89-41d3-9a0c-0305e82c3301/init", "GET", "ingest" },
        { "POST", "/blobs/x", "GET, HEAD, PUT", "ingest" },
        { "DELETE", "/blobs/x", "GET, HEAD, PUT", "ingest" },
        { "POST", "/health", "GET", "scheduler" },
        { "DELETE", "/health/detailed", "GET", "scheduler" },
        { "POST", "/metrics", "GET", "scheduler" },
        { "PATCH", "/api/jobs", "GET, POST", "scheduler" },
        { "POST", "/api/jobs/3f2504e0-4f89-41d3-9a0c-0305e82c3301", "DELETE, GET, PUT", "scheduler" },
        { "GET", "/api/jobs/3f2504e0-4f89-41d3-9a0c-0305e82c3301/enable", "PATCH", "scheduler" },
        { "PROPFIND", "/webhooks", "GET, POST", "scheduler" },
        { "PATCH", "/api/webhooks/3f2504e0-4f89-41d3-9a0c-0305e82c3301", "DELETE, GET, PUT", "scheduler" },
        { "GET", "/api/executions/3f2504e0-4f89-41d3-9a0c-0305e82c3301/replay", "POST", "scheduler" },
        { "GET", "/dev-issuer/token", "POST", "oauth" },
        { "POST", "/openapi/v1.json", "GET", "plain" },
    };

    [Theory]
    [MemberData(nameof(Owners))]
    public async Task Unknown_route_is_answered_in_the_words_of_who_owns_the_path(string path, string owner)
    {
        foreach (var (method, content) in new (string, string?)[] { ("GET", null), ("POST", "{"), ("PATCH", "x") })
        {
            using var answer = await SendAsync(method, path, content, "text/plain");

            Assert.Equal(404, (int)answer.StatusCode);
            await AssertBodyAsync(Expected(owner, 404, "Not Found", "not_found", Nothing), answer);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Unknown_method_is_answered_before_anybody_is_asked_who_they_are(string method, string path, string allow, string owner)
    {
        using var answer = await SendAsync(method, path, null, null);

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)));
        await AssertBodyAsync(Expected(owner, 405, "Method Not Allowed", "method_not_allowed", NotThisMethod), answer);
    }

    [Theory]
    [InlineData("text/plain", "{}", 415, "Unsupported Media Type", "unsupported_media_type", "The body must be application/json, without a content encoding.")]
    [InlineData("application/x-www-form-urlencoded", "partner=acme", 415, "Unsupported Media Type", "unsupported_media_type", "The body must be application/json, without a content encoding.")]
    [InlineData("application/json", "", 400, "Bad Request", "empty_body", "The request needs a JSON body.")]
    [InlineData("application/json", "[]", 400, "Bad Request", "invalid_json", "The body must be a JSON object.")]
    public async Task Wrong_body_is_told_only_to_those_who_may_call(string mediaType, string body, int status, string reason, string code, string message)
    {
        var token = await DevelopmentTokens.GetAsync(fixture.Host.Http, "create:jobs partner:acme");

        using var without = await SendAsync("POST", "/api/v1/jobs", body, mediaType);
        using var with = await SendAsync("POST", "/api/v1/jobs", body, mediaType, token);

        Assert.Equal((401, status), ((int)without.StatusCode, (int)with.StatusCode));
        await AssertBodyAsync(Expected("ingest", status, reason, code, message), with);
        await AssertBodyAsync(Expected("ingest", 401, "Unauthorized", "unauthorized", "The request needs a valid access token."), without);
    }

    [Fact]
    public async Task Wrong_body_for_the_development_issuer_is_an_invalid_request()
    {
        using var answer = await SendAsync("POST", "/dev-issuer/token", "x", "text/plain");

        Assert.Equal(415, (int)answer.StatusCode);
        await AssertBodyAsync(new JsonObject
        {
            ["error"] = "invalid_request",
            ["error_description"] = "Send a form (application/x-www-form-urlencoded) or JSON (application/json).",
        }, answer);
    }

    private static JsonObject Expected(string owner, int status, string reason, string code, string message) => owner switch
    {
        "ingest" => new() { ["message"] = message, ["error"] = reason, ["statusCode"] = status, ["code"] = code },
        "scheduler" => new() { ["detail"] = message, ["error_code"] = code.ToUpperInvariant(), ["status_code"] = status },
        "oauth" => new() { ["error"] = "invalid_request", ["error_description"] = message },
        _ => new() { ["error"] = message },
    };

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, string? mediaType, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new(mediaType!);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await fixture.Host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task AssertBodyAsync(JsonObject expected, HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(body)), $"Expected {expected.ToJsonString()} but got {body}");
    }
}
