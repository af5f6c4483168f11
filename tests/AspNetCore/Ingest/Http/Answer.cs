using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.AspNetCore.Ingest.Tests.Http;

/// <summary>A whole answer, to be asserted as one.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);

    /// <summary>Gets a header's single value, or null.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Asserts status, media type, caching and the whole body of an error.</summary>
    public void IsError(int status, string code, string reason, string message) =>
        IsErrorBody(status, JsonSerializer.Serialize(new { message, error = reason, statusCode = status, code }));

    /// <summary>Asserts an error whose message is a list.</summary>
    public void IsInvalid(params string[] violations) =>
        IsErrorBody(400, JsonSerializer.Serialize(new { message = violations, error = "Bad Request", statusCode = 400, code = "invalid_request" }));

    private void IsErrorBody(int status, string expected)
    {
        Assert.Equal((status, JsonNode.Parse(expected)!.ToJsonString()), (Status, Body.Length == 0 ? "(empty)" : Json.ToJsonString()));
        Assert.Equal("application/json; charset=utf-8", ContentHeaders.ContentType?.ToString());
        Assert.Equal("no-store", Header("Cache-Control"));
    }
}
