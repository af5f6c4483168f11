using System.Net;
using System.Security.Cryptography;
using FsCheck.Fluent;
using Switchyard.TestKit.S3;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Blobs.S3.Tests;

/// <summary>The URLs that the SDK signs for us, as a client may abuse them, against a server that really verifies.</summary>
public sealed class PresignedUrlTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private S3Blobs _blobs = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _blobs = await S3Blobs.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _blobs.DisposeAsync();
    }

    [Fact]
    public async Task Upload_url_signs_the_host_alone_so_that_any_content_type_goes()
    {
        var url = await UploadUrlAsync();

        Assert.Equal(_blobs.Server.Url.Authority, url.Authority);
        Assert.Equal("http", url.Scheme);
        Assert.Equal("/blobs/in/object", url.AbsolutePath);
        Assert.Contains("X-Amz-SignedHeaders=host&", url.Query + "&", StringComparison.Ordinal);
        Assert.Contains("X-Amz-Expires=3600&", url.Query + "&", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Upload_url_refuses_other_methods(string method)
    {
        _blobs.Server.Objects["in/object"] = new S3Object([1]);
        using var request = new HttpRequestMessage(new HttpMethod(method), await UploadUrlAsync());

        using var response = await _client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal([1], _blobs.Server.Objects["in/object"].Bytes);
    }

    [Theory]
    [InlineData("&x-amz-acl=public-read")]
    [InlineData("&x-id=PutObject2")]
    [InlineData("&X-Amz-Expires=604800")]
    public async Task Added_parameter_is_refused(string added) => await RefusedAsync(new Uri((await UploadUrlAsync()).AbsoluteUri + added));

    [Fact]
    public async Task Any_byte_of_the_query_changed_is_refused()
    {
        var url = await UploadUrlAsync();
        var names = Enumerable.Range(1, url.Query.Length - 1).Where(at => url.Query.LastIndexOfAny(['&', '=', '?'], at - 1) is var mark && url.Query[mark] != '=').ToArray();
        var mutation = from at in Gen.OneOf(Gen.Elements(names), Gen.Choose(1, url.Query.Length - 1))
                       from with in Gen.Elements("0123456789abcdefABCDEFXYZ-_&=".ToCharArray())
                       let query = url.Query[..at] + with + url.Query[(at + 1)..]
                       where !SigV4.ParseQuery(query[1..]).Order().SequenceEqual(SigV4.ParseQuery(url.Query[1..]).Order())
                       select (isName: names.Contains(at), query);

        Property.Holds(
            mutation,
            mutated => mutated.isName ? "names" : "values",
            ["names", "values"],
            async mutated =>
            {
                using var response = await _client.PutAsync(new UriBuilder(url) { Query = mutated.query }.Uri, new ByteArrayContent([1]), Token);
                Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.BadRequest });
            },
            cases: 200);
        Assert.Empty(_blobs.Server.Objects);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-meta-owner", "somebody")]
    [InlineData("x-amz-website-redirect-location", "https://evil.example")]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-copy-source", "/blobs/in/other")]
    public async Task Unsigned_amazon_header_is_refused(string name, string value) =>
        await RefusedAsync(await UploadUrlAsync(), request => request.Headers.Add(name, value));

    [Fact]
    public async Task Digest_that_does_not_match_is_400()
    {
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentMD5 = RandomNumberGenerator.GetBytes(16);

        using var response = await _client.PutAsync(await UploadUrlAsync(), content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_blobs.Server.Objects);
    }

    [Fact]
    public async Task Lifetime_and_limit_are_checked()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _blobs.Store.CreateUploadUrlAsync("a", new UploadGrant(TimeSpan.Zero, 1), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _blobs.Store.CreateUploadUrlAsync("a", new UploadGrant(TimeSpan.FromDays(8), 1), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _blobs.Store.CreateUploadUrlAsync("a", new UploadGrant(TimeSpan.FromDays(1), 0), Token));
    }

    private Task<Uri> UploadUrlAsync() => _blobs.Store.CreateUploadUrlAsync("in/object", new UploadGrant(TimeSpan.FromHours(1), 1000), Token);

    private async Task RefusedAsync(Uri url, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent([1]) };
        change?.Invoke(request);

        using var response = await _client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(_blobs.Server.Objects);
    }
}
