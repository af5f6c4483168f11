using System.Net.Http.Headers;
using System.Text;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Bodies that are no JSON object, at each route that takes one: status, whole body, and nothing stored.</summary>
public sealed class HostileBodyTests(HostileHost fixture) : IClassFixture<HostileHost>
{
    private const string MediaType = "The body must be application/json, without a content encoding.";
    private const string NoObject = "The body must be a JSON object.";

    public static TheoryData<string, int, string, string> Bodies() => new()
    {
        { "", 400, "VALIDATION_ERROR", "The request needs a JSON body." },
        { "null", 400, "VALIDATION_ERROR", NoObject },
        { "[]", 400, "VALIDATION_ERROR", NoObject },
        { "\"x\"", 400, "VALIDATION_ERROR", NoObject },
        { "true", 400, "VALIDATION_ERROR", NoObject },
        { "{\"name\":\"a\",\"name\":\"b\"}", 400, "VALIDATION_ERROR", "The body holds an object with two members of one name." },
        { "{\"name\":\"\\u0000\"}", 400, "VALIDATION_ERROR", "The body holds a NUL character." },
        { "{\"name\":\"\\ud800\"}", 400, "VALIDATION_ERROR", "The body holds half of a surrogate pair." },
        { "{\"name\":\"a\",}", 400, "VALIDATION_ERROR", "The body is not one valid JSON value, " },
        { "{/* */}", 400, "VALIDATION_ERROR", "The body is not one valid JSON value, " },
        { "{'name':'a'}", 400, "VALIDATION_ERROR", "The body is not one valid JSON value, " },
        { "{}{}", 400, "VALIDATION_ERROR", "The body is not one valid JSON value, " },
        { "{\"type\":NaN}", 400, "VALIDATION_ERROR", "The body is not one valid JSON value, " },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_object_is_refused_by_every_route(string body, int status, string code, string detail)
    {
        foreach (var (method, path) in Routes())
        {
            (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync(method, path, body))).IsErrorLike(status, code, detail);
        }
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task A_deep_body_is_refused(char open)
    {
        var body = open == '[' ? new string('[', 100_000) : string.Concat(Enumerable.Repeat("{\"a\":", 100_000));
        foreach (var (method, path) in Routes())
        {
            (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync(method, path, body))).IsErrorLike(400, "VALIDATION_ERROR", "The body is not one valid JSON value, ");
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_media_type_is_refused(string type)
    {
        foreach (var (method, path) in Routes())
        {
            (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync(method, path, "{}", type))).IsError(415, "UNSUPPORTED_MEDIA_TYPE", MediaType);
        }
    }

    [Fact]
    public async Task A_content_encoding_and_bytes_that_are_no_text_are_refused()
    {
        foreach (var (method, path) in Routes())
        {
            (await fixture.WithoutTraceAsync(() => SendBytesAsync(method, path, [0x1F, 0x8B, 8, 0], "gzip"))).IsError(415, "UNSUPPORTED_MEDIA_TYPE", MediaType);
            (await fixture.WithoutTraceAsync(() => SendBytesAsync(method, path, [.. "{\"name\":\""u8, 0xC0, 0xAF, .. "\"}"u8], null))).IsError(400, "VALIDATION_ERROR", "The body must be UTF-8.");
        }
    }

    [Fact]
    public async Task A_body_of_a_byte_more_than_a_mebibyte_is_too_large()
    {
        var body = $"{{\"name\":\"{new string('n', 1024 * 1024 - 11 + 1)}\"}}";
        Assert.Equal(1024 * 1024 + 1, Encoding.UTF8.GetByteCount(body));
        foreach (var (method, path) in Routes())
        {
            (await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync(method, path, body))).IsError(413, "PAYLOAD_TOO_LARGE", "The body is larger than this address accepts.");
        }
    }

    [Fact]
    public async Task Who_calls_is_asked_before_what_they_send()
    {
        var nobody = new SchedulerClient(fixture.Host.Http, null);
        foreach (var (method, path) in Routes())
        {
            var answer = await fixture.WithoutTraceAsync(() => nobody.SendAsync(method, path, new string('x', 2 * 1024 * 1024), "text/plain"));

            answer.IsError(401, "UNAUTHORIZED", "The request needs a valid access token.");
            Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_header_that_names_another_method_or_address_changes_nothing()
    {
        var answer = await fixture.WithoutTraceAsync(() => fixture.Client.SendAsync(
            "GET", $"/api/jobs/{fixture.Job}", null, headers: [("X-HTTP-Method-Override", "DELETE"), ("X-Original-URL", "/health"), ("Accept", "application/xml"), ("Origin", "null")]));

        Assert.Equal((200, fixture.Job), (answer.Status, (string?)answer.Json["id"]));
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
    }

    private (string Method, string Path)[] Routes() =>
    [
        ("POST", "/api/jobs"), ("PUT", $"/api/jobs/{fixture.Job}"), ("POST", "/webhooks"), ("PUT", $"/webhooks/{fixture.Webhook}"), ("POST", "/api/webhooks"),
        ("POST", "/webhooks/preview"), ("POST", "/api/executions/replay"), ("POST", "/api/accounts"),
    ];

    private Task<Answer> SendBytesAsync(string method, string path, byte[] bytes, string? encoding)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        return fixture.Client.SendAsync(request);
    }
}
