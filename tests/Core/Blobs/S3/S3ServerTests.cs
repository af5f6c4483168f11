using System.Globalization;
using System.Net;
using System.Text;
using Switchyard.TestKit.S3;

namespace Switchyard.Blobs.S3.Tests;

/// <summary>The double itself: it must refuse what S3 refuses, or the tests above it prove nothing.</summary>
public sealed class S3ServerTests : IAsyncLifetime
{
    private const string ExampleSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string ExampleTime = "20130524T000000Z";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private readonly HttpClient _client = new();
    private S3Server _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await S3Server.StartAsync();
        _server.Objects["in/object"] = new S3Object([1, 2, 3]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Signature_of_the_presigned_example_in_the_s3_documentation_is_computed()
    {
        var headers = new SortedDictionary<string, string> { ["host"] = "examplebucket.s3.amazonaws.com" };
        var target = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=ignored";

        Assert.Equal(
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            SigV4.Sign(ExampleSecret, ExampleTime, "us-east-1", SigV4.CanonicalRequest("GET", target, headers, SigV4.UnsignedPayload)));
    }

    [Theory]
    [InlineData("/test.txt", "range", "bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("/?lifecycle", null, null, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("/?max-keys=2&prefix=J", null, null, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Signatures_of_the_header_examples_in_the_s3_documentation_are_computed(string target, string? header, string? value, string signature)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = EmptyHash,
            ["x-amz-date"] = ExampleTime,
        };
        if (header is not null)
        {
            headers[header] = value!;
        }

        Assert.Equal(signature, SigV4.Sign(ExampleSecret, ExampleTime, "us-east-1", SigV4.CanonicalRequest("GET", target, headers, EmptyHash)));
    }

    [Fact]
    public async Task Call_without_any_signature_is_refused() => await AnswersAsync(new HttpRequestMessage(HttpMethod.Get, At("in/object")), 403, "AccessDenied");

    [Fact]
    public async Task Call_signed_in_headers_is_answered() => await AnswersAsync(Signed(HttpMethod.Get), 200, null);

    [Theory]
    [InlineData("path", 403, "SignatureDoesNotMatch")]
    [InlineData("query", 403, "SignatureDoesNotMatch")]
    [InlineData("method", 403, "SignatureDoesNotMatch")]
    [InlineData("signed header", 403, "SignatureDoesNotMatch")]
    [InlineData("signature", 403, "SignatureDoesNotMatch")]
    [InlineData("secret", 403, "SignatureDoesNotMatch")]
    [InlineData("unsigned header", 403, "AccessDenied")]
    [InlineData("access key", 403, "InvalidAccessKeyId")]
    [InlineData("region", 400, "AuthorizationQueryParametersError")]
    [InlineData("date of the scope", 400, "AuthorizationQueryParametersError")]
    [InlineData("old", 403, "RequestTimeTooSkewed")]
    [InlineData("no hash", 400, "AuthorizationQueryParametersError")]
    public async Task Call_signed_in_headers_with_one_thing_changed_is_refused(string what, int status, string code)
    {
        var request = what switch
        {
            "secret" => Signed(HttpMethod.Get, secret: "another"),
            "old" => Signed(HttpMethod.Get, age: TimeSpan.FromMinutes(16)),
            _ => Signed(HttpMethod.Get),
        };
        var authorization = request.Headers.GetValues("Authorization").Single();
        _ = what switch
        {
            "path" => Do(() => request.RequestUri = At("in/other")),
            "query" => Do(() => request.RequestUri = At("in/object?versionId=1")),
            "method" => Do(() => request.Method = HttpMethod.Delete),
            "signed header" => Set(request, "x-amz-date", OtherSecond(request.Headers.GetValues("x-amz-date").Single())),
            "signature" => Set(request, "Authorization", authorization[..^1] + (authorization[^1] == '0' ? '1' : '0')),
            "unsigned header" => Set(request, "x-amz-acl", "public-read"),
            "access key" => Set(request, "Authorization", authorization.Replace(S3Server.Credentials.AccessKey, "AKIAANOTHER", StringComparison.Ordinal)),
            "region" => Set(request, "Authorization", authorization.Replace(S3Server.Credentials.Region, "us-east-1", StringComparison.Ordinal)),
            "date of the scope" => Set(request, "Authorization", authorization.Replace("/20", "/19", StringComparison.Ordinal)),
            "no hash" => Do(() => request.Headers.Remove("x-amz-content-sha256")),
            _ => true,
        };

        await AnswersAsync(request, status, code);
        Assert.Empty(_server.Calls);
        Assert.Equal(["in/object"], _server.Objects.Keys);
    }

    [Fact]
    public async Task Body_that_is_not_what_was_signed_is_refused()
    {
        var request = Signed(HttpMethod.Put);
        request.Content = new ByteArrayContent([9]);

        await AnswersAsync(request, 400, "XAmzContentSHA256Mismatch");
        Assert.Equal([1, 2, 3], _server.Objects["in/object"].Bytes);
    }

    [Fact]
    public async Task Condition_on_an_object_is_kept()
    {
        var stale = Signed(HttpMethod.Get);
        stale.Headers.TryAddWithoutValidation("If-Match", "\"0123456789abcdef0123456789abcdef\"");
        var fresh = Signed(HttpMethod.Get);
        fresh.Headers.TryAddWithoutValidation("If-Match", _server.Objects["in/object"].ETag);
        var create = Signed(HttpMethod.Put);
        create.Headers.TryAddWithoutValidation("If-None-Match", "*");

        await AnswersAsync(stale, 412, "PreconditionFailed");
        await AnswersAsync(fresh, 200, null);
        await AnswersAsync(create, 412, "PreconditionFailed");
    }

    [Fact]
    public async Task Range_is_served_in_part()
    {
        var request = Signed(HttpMethod.Get);
        request.Headers.TryAddWithoutValidation("Range", "bytes=1-1");

        using var response = await _client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal([2], await response.Content.ReadAsByteArrayAsync(Token));
        request.Dispose();
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private static bool Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        return request.Headers.TryAddWithoutValidation(name, value);
    }

    private static string OtherSecond(string timestamp) => timestamp[..^2] + (timestamp[^2] == '0' ? '1' : '0') + 'Z';

    private Uri At(string pathAndQuery) => new(_server.Url, $"/{_server.Bucket}/{pathAndQuery}");

    private HttpRequestMessage Signed(HttpMethod method, string? secret = null, TimeSpan age = default)
    {
        var (accessKey, ownSecret, region) = S3Server.Credentials;
        var time = (TimeProvider.System.GetUtcNow() - age).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = _server.Url.Authority,
            ["x-amz-content-sha256"] = EmptyHash,
            ["x-amz-date"] = time,
        };
        var signature = SigV4.Sign(secret ?? ownSecret, time, region, SigV4.CanonicalRequest(method.Method, At("in/object").PathAndQuery, headers, EmptyHash));
        var request = new HttpRequestMessage(method, At("in/object"));
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", EmptyHash);
        request.Headers.TryAddWithoutValidation("x-amz-date", time);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{SigV4.Algorithm} Credential={accessKey}/{time[..8]}/{region}/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature={signature}");
        return request;
    }

    private async Task AnswersAsync(HttpRequestMessage request, int status, string? code)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request, Token);
            var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Token));

            Assert.Equal(status, (int)response.StatusCode);
            Assert.True(code is null || body.Contains($"<Code>{code}</Code>", StringComparison.Ordinal), body);
        }
    }
}
