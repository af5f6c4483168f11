using System.IO.Compression;
using System.Text;
using Switchyard.AspNetCore.Ingest.Tests.Http;

namespace Switchyard.AspNetCore.Ingest.Tests.Shared;

/// <summary>Hostile bodies, against a route that gives back what it read.</summary>
public sealed class JsonBodyTests : IClassFixture<IngestAppFixture>
{
    private const string NotJson = "The body is not one valid JSON value, or is nested deeper than 32 levels";
    private const int Limit = 1024 * 1024;

    private readonly IngestApp _app;

    public JsonBodyTests(IngestAppFixture fixture) => _app = fixture.App;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    [InlineData("application/merge-patch+json")]
    public async Task Json_media_types_are_read(string contentType)
    {
        var answer = await SendAsync("""{"a":"b"}"""u8.ToArray(), contentType);

        Assert.Equal((200, """{"a":"b"}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Other_media_types_are_415(string? contentType) =>
        IsUnsupported(await SendAsync("{}"u8.ToArray(), contentType));

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData("br")]
    public async Task Content_encoding_is_415(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await zip.WriteAsync(new byte[10 * Limit], TestContext.Current.CancellationToken);
        }

        var content = IngestApp.Content(packed.ToArray());
        content.Headers.ContentEncoding.Add(encoding);
        IsUnsupported(await _app.SendAsync(HttpMethod.Post, "/api/v1/echo", TokenOf.Acme, content));
    }

    [Fact]
    public async Task Body_of_exactly_1_MiB_is_read()
    {
        var answer = await SendAsync(BodyOf(Limit));

        Assert.Equal((200, Limit), (answer.Status, answer.Body.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_of_one_byte_more_is_413_with_and_without_its_length(bool chunked)
    {
        HttpContent content = chunked ? new StreamContent(new NoLength(BodyOf(Limit + 1))) : new ByteArrayContent(BodyOf(Limit + 1));
        content.Headers.ContentType = new("application/json");

        var answer = await _app.SendAsync(HttpMethod.Post, "/api/v1/echo", TokenOf.Acme, content);

        answer.IsError(413, "payload_too_large", "Payload Too Large", "The body is larger than this address accepts.");
        Assert.Equal("close", answer.Header("Connection"));
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("[", 65)]
    [InlineData("{\"a\":", 33)]
    public async Task Nesting_beyond_32_is_400(string opening, int count) =>
        await RefusesAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, count))), NotJson);

    [Fact]
    public async Task Nesting_of_32_is_read()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 31)) + "{}" + new string('}', 31);

        var answer = await SendAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal((200, body), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"x":{"a":1,"a":2}}""")]
    public async Task Repeated_member_is_400(string body) =>
        await RefusesExactlyAsync(Encoding.UTF8.GetBytes(body), "invalid_json", "The body holds an object with two members of one name.");

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"\u0000":"a"}""")]
    [InlineData("""{"a":"\\\u0000"}""")]
    [InlineData("""{"a":["x",{"b":"y\u0000z"}]}""")]
    public async Task Nul_in_any_string_is_400(string body) =>
        await RefusesExactlyAsync(Encoding.UTF8.GetBytes(body), "invalid_json", "The body holds a NUL character.");

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"a":"\ud800x"}""")]
    [InlineData("""{"a":"\ud800\ud800"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task Half_a_surrogate_pair_is_400(string body) =>
        await RefusesExactlyAsync(Encoding.UTF8.GetBytes(body), "invalid_json", "The body holds half of a surrogate pair.");

    [Theory]
    [InlineData("""{"a":"\\u0000"}""")]
    [InlineData("""{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\u202e\\"}""")]
    [InlineData("""{"a":1e999,"b":-0}""")]
    public async Task What_only_looks_alike_is_read(string body)
    {
        var answer = await SendAsync(Encoding.UTF8.GetBytes(body));

        Assert.Equal((200, body), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("7B2261223A22C080227D")]
    [InlineData("7B2261223A22FF227D")]
    [InlineData("7B2261223A22EDA080227D")]
    [InlineData("FFFE7B007D00")]
    [InlineData("FEFF007B007D")]
    public async Task Bytes_that_are_no_utf8_are_400(string hex) =>
        await RefusesExactlyAsync(Convert.FromHexString(hex), "invalid_json", "The body must be UTF-8.");

    [Fact]
    public async Task Byte_order_mark_is_skipped()
    {
        var answer = await SendAsync([0xEF, 0xBB, 0xBF, .. "{}"u8]);

        Assert.Equal((200, "{}"), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("{\0}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1}/* x */")]
    [InlineData("// x\n{}")]
    [InlineData("{'a':1}")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{")]
    [InlineData(" ")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("nul")]
    public async Task Text_that_is_no_json_is_400(string body) => await RefusesAsync(Encoding.UTF8.GetBytes(body), NotJson);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("true")]
    [InlineData("1")]
    public async Task Value_that_is_no_object_is_400(string body) =>
        await RefusesExactlyAsync(Encoding.UTF8.GetBytes(body), "invalid_json", "The body must be a JSON object.");

    [Fact]
    public async Task Empty_body_is_400()
    {
        await RefusesExactlyAsync([], "empty_body", "The request needs a JSON body.");
        await RefusesExactlyAsync([0xEF, 0xBB, 0xBF], "empty_body", "The request needs a JSON body.");
    }

    [Fact]
    public async Task Caller_is_checked_before_size_media_type_and_syntax()
    {
        foreach (var content in (HttpContent[])[new ByteArrayContent(BodyOf(Limit + 1)), IngestApp.Content("x"u8.ToArray(), "text/plain"), IngestApp.Content("{"u8.ToArray())])
        {
            var answer = await _app.SendAsync(HttpMethod.Post, "/api/v1/echo", token: null, content);
            answer.IsError(401, "unauthorized", "Unauthorized", "The request needs a valid access token.");
        }

        (await _app.PostAsync("/api/v1/echo", "{", TokenOf.NoScope, "text/plain"))
            .IsError(403, "forbidden", "Forbidden", "The credentials of the request do not allow this.");
    }

    [Fact]
    public async Task Size_is_checked_before_media_type_and_that_before_syntax()
    {
        (await SendAsync(BodyOf(Limit + 1), "text/plain")).IsError(413, "payload_too_large", "Payload Too Large", "The body is larger than this address accepts.");
        IsUnsupported(await SendAsync("{"u8.ToArray(), "text/plain"));
    }

    private static void IsUnsupported(Answer answer) =>
        answer.IsError(415, "unsupported_media_type", "Unsupported Media Type", "The body must be application/json, without a content encoding.");

    private static byte[] BodyOf(int length) => Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', length - 8)}}"}""");

    private Task<Answer> SendAsync(byte[] body, string? contentType = "application/json") =>
        _app.SendAsync(HttpMethod.Post, "/api/v1/echo", TokenOf.Acme, IngestApp.Content(body, contentType));

    private async Task RefusesExactlyAsync(byte[] body, string code, string message) =>
        (await SendAsync(body)).IsError(400, code, "Bad Request", message);

    private async Task RefusesAsync(byte[] body, string beginning)
    {
        var answer = await SendAsync(body);

        var message = (string)answer.Json["message"]!;
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(beginning)} \\(line [0-9]+, byte [0-9]+\\)\\.$", message);
        answer.IsError(400, "invalid_json", "Bad Request", message);
    }

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
