using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>A whole answer, to be asserted as one.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Asserts status, media type, caching and the whole body of an error.</summary>
    public void IsError(int status, string code, string detail)
    {
        var expected = new JsonObject { ["detail"] = detail, ["error_code"] = code, ["status_code"] = status };
        Assert.Equal((status, expected.ToJsonString()), (Status, Body.Length == 0 ? "(empty)" : Json.ToJsonString()));
        Assert.Equal("application/json; charset=utf-8", ContentHeaders.ContentType?.ToString());
        Assert.Equal("no-store", Header("Cache-Control"));
    }

    /// <summary>Asserts an error whose words begin as they should: what a parser adds to them isn't this test's.</summary>
    public void IsErrorLike(int status, string code, string detailBegins)
    {
        Assert.True(Status == status, $"{Status}: {Body}");
        Assert.Equal(["detail", "error_code", "status_code"], Json.AsObject().Select(member => member.Key));
        Assert.Equal((code, status), ((string?)Json["error_code"], (int)Json["status_code"]!));
        Assert.StartsWith(detailBegins, (string?)Json["detail"], StringComparison.Ordinal);
        Assert.Equal("application/json; charset=utf-8", ContentHeaders.ContentType?.ToString());
    }

    /// <summary>Asserts the status, and the names of all members in their order.</summary>
    public void Is(int status, string[] members)
    {
        Assert.True(Status == status, $"{Status}: {Body}");
        Assert.Equal(members, Members);
    }

    /// <summary>Gets the names of the members, in order.</summary>
    public IEnumerable<string> Members => Json.AsObject().Select(member => member.Key);
}
