using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Blobs;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.AspNetCore.Blobs.Tests;

/// <summary>What a client may try with a URL that it was given: the answer, whole, and that nothing was stored.</summary>
public sealed class HostileUploadTests : IAsyncLifetime
{
    private BlobsHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await BlobsHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", 403)]
    [InlineData("HEAD", 403)]
    [InlineData("POST", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("PATCH", 405)]
    [InlineData("OPTIONS", 405)]
    public async Task Upload_url_refuses_other_methods(string method, int status)
    {
        await _host.Store.WriteAsync("in/object", new MemoryStream([1]), Token);
        var before = _host.Files();
        using var request = new HttpRequestMessage(new HttpMethod(method), await _host.UploadUrlAsync());
        request.Content = method is "GET" or "HEAD" ? null : new ByteArrayContent([2]);

        using var response = await _host.Client.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(status == 405 ? ["GET", "HEAD", "PUT"] : [], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal(before, _host.Files());
    }

    [Fact]
    public async Task Download_url_refuses_put()
    {
        await RefusedAsync(await _host.DownloadUrlAsync(), 403);
    }

    [Fact]
    public async Task Url_that_expired_a_second_ago_is_refused()
    {
        var url = await _host.UploadUrlAsync();

        _host.Clock.Advance(TimeSpan.FromSeconds(3601));

        await RefusedAsync(url, 403);
    }

    [Theory]
    [InlineData("&x-amz-acl=public-read")]
    [InlineData("&x-id=PutObject")]
    [InlineData("&max=1000000")]
    [InlineData("&max=9999999999")]
    [InlineData("&expires=9999999999")]
    [InlineData("&")]
    [InlineData("&signature=")]
    public async Task Added_parameter_is_refused(string added)
    {
        var url = (await _host.UploadUrlAsync()).AbsoluteUri;

        await RefusedAsync(new Uri(url + added), 403);
        await RefusedAsync(new Uri(url.Replace("?", "?" + added[1..] + "&", StringComparison.Ordinal)), 403);
    }

    [Fact]
    public async Task Reordered_parameters_are_accepted()
    {
        var url = await _host.UploadUrlAsync();
        var query = string.Join('&', url.Query[1..].Split('&').Reverse());

        using var response = await _host.Client.PutAsync(new UriBuilder(url) { Query = query }.Uri, new ByteArrayContent([7]), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([7], await _host.ReadAsync());
    }

    [Fact]
    public async Task Any_byte_of_the_query_changed_is_refused()
    {
        var url = await _host.UploadUrlAsync();
        var names = Enumerable.Range(1, url.Query.Length - 1).Where(at => url.Query.LastIndexOfAny(['&', '=', '?'], at - 1) is var mark && url.Query[mark] != '=').ToArray();
        var mutation = from at in Gen.OneOf(Gen.Elements(names), Gen.Choose(1, url.Query.Length - 1))
                       from with in Gen.Elements("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_&=%+.~".ToCharArray())
                       where url.Query[at] != with
                       select (isName: names.Contains(at), query: url.Query[..at] + with + url.Query[(at + 1)..]);

        Property.Holds(
            mutation,
            mutated => mutated.isName ? "names" : "values",
            ["names", "values"],
            async mutated =>
            {
                using var response = await _host.Client.PutAsync(new UriBuilder(url) { Query = mutated.query }.Uri, new ByteArrayContent([1]), Token);
                Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            },
            cases: 200);
        Assert.Empty(_host.Files());
    }

    [Fact]
    public async Task Body_larger_than_allowed_by_its_length_is_refused_before_it_is_sent()
    {
        var url = await _host.UploadUrlAsync(maxBytes: 1000);
        using var connection = await RawConnection.OpenAsync(_host.Address);

        await connection.SendAsync($"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
        var answer = await connection.ReadAnswerThenEndAsync();

        Assert.StartsWith("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_host.Files());
    }

    [Fact]
    public async Task Body_that_grows_larger_than_allowed_is_refused_while_it_comes()
    {
        var url = await _host.UploadUrlAsync(maxBytes: 1000);
        using var connection = await RawConnection.OpenAsync(_host.Address);
        await connection.SendAsync($"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");

        for (var i = 0; i < 11; i++)
        {
            await connection.SendAsync($"64\r\n{new string('x', 100)}\r\n");
        }

        var answer = await connection.ReadAnswerThenEndAsync();

        Assert.StartsWith("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_host.Files());
    }

    [Fact]
    public async Task Body_of_exactly_the_limit_is_stored()
    {
        using var response = await _host.Client.PutAsync(await _host.UploadUrlAsync(maxBytes: 1000), new ByteArrayContent(new byte[1000]), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1000, (await _host.ReadAsync())!.Length);
    }

    [Fact]
    public async Task Upload_that_is_cut_off_leaves_nothing_and_the_object_as_it_was()
    {
        await _host.Store.WriteAsync("in/object", new MemoryStream([1]), Token);
        var before = _host.Files();
        var url = await _host.UploadUrlAsync();
        using (var connection = await RawConnection.OpenAsync(_host.Address))
        {
            await connection.SendAsync($"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n{new string('x', 300_000)}");
            await TestKit.Eventually.HoldsAsync(() => _host.Files().Length > before.Length, "the upload is under way");
        }

        await TestKit.Eventually.HoldsAsync(() => _host.Files().SequenceEqual(before), "what came of the upload is gone");
        Assert.Equal([1], await _host.ReadAsync());
    }

    [Fact]
    public async Task Malformed_chunk_is_400_and_stores_nothing()
    {
        var url = await _host.UploadUrlAsync();
        using var connection = await RawConnection.OpenAsync(_host.Address);

        await connection.SendAsync($"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_host.Files());
    }

    [Fact]
    public async Task Unsigned_amazon_headers_mean_nothing()
    {
        using var content = new ByteArrayContent([1]);
        using var request = new HttpRequestMessage(HttpMethod.Put, await _host.UploadUrlAsync()) { Content = content };
        request.Headers.Add("x-amz-acl", "public-read");
        request.Headers.Add("x-amz-meta-owner", "somebody");
        request.Headers.Add("x-amz-website-redirect-location", "https://evil.example");
        request.Headers.Add("x-amz-tagging", "a=b");
        request.Headers.Add("x-amz-copy-source", "/in/other");

        using var response = await _host.Client.SendAsync(request, Token);
        using var download = await _host.Client.GetAsync(await _host.DownloadUrlAsync(), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([1], await download.Content.ReadAsByteArrayAsync(Token));
        Assert.DoesNotContain(download.Headers, header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, _host.Files().Length);
    }

    [Theory]
    [InlineData("in/%2e%2e/other", 403)]
    [InlineData("in/../other", 403)]
    [InlineData("in/%2e%2e%2f%2e%2e%2fetc/passwd", 403)]
    [InlineData("%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("in%2fobject", 403)]
    [InlineData("in%5cobject", 403)]
    [InlineData("in//object", 403)]
    [InlineData("/in/object", 403)]
    [InlineData("in/object/", 403)]
    [InlineData("in/object%00", 400)]
    [InlineData("in/object%c3%28", 403)]
    [InlineData("in/OBJECT", 403)]
    [InlineData("", 404)]
    public async Task Signature_is_good_for_no_other_path(string path, int status)
    {
        var url = await _host.UploadUrlAsync();
        using var connection = await RawConnection.OpenAsync(_host.Address);

        await connection.SendAsync($"PUT /blobs/{path}{url.Query} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(_host.Files());
    }

    [Fact]
    public async Task Upload_after_the_freeze_does_not_touch_the_frozen_copy()
    {
        var url = await _host.UploadUrlAsync();
        using var first = await _host.Client.PutAsync(url, new ByteArrayContent([1, 1]), Token);
        await _host.Store.FreezeAsync((await _host.Store.FindAsync("in/object", Token))!, "frozen/object", Token);

        using var second = await _host.Client.PutAsync(url, new ByteArrayContent([2, 2]), Token);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal([1, 1], await _host.ReadAsync("frozen/object"));
        Assert.Equal([2, 2], await _host.ReadAsync());
    }

    [Theory]
    [InlineData("Content-Encoding", "aws-chunked")]
    [InlineData("Content-Encoding", "gzip, AWS-CHUNKED")]
    [InlineData("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")]
    [InlineData("Content-MD5", "nonsense")]
    [InlineData("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("x-amz-checksum-sha256", "YWJj")]
    public async Task Body_that_is_framed_for_s3_or_not_what_its_digest_says_is_400(string name, string value)
    {
        await RefusedAsync(await _host.UploadUrlAsync(), 400, content => content.Headers.TryAddWithoutValidation(name, value));
    }

    [Fact]
    public async Task Body_that_its_digests_match_is_stored()
    {
        var bytes = RandomNumberGenerator.GetBytes(600_000);
        using var content = new ByteArrayContent(bytes);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        content.Headers.ContentMD5 = md5.GetHashAndReset();
        content.Headers.TryAddWithoutValidation("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(bytes)));

        using var response = await _host.Client.PutAsync(await _host.UploadUrlAsync(), content, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes, await _host.ReadAsync());
    }

    [Fact]
    public async Task Html_upload_is_never_served_as_html()
    {
        using var content = new StringContent("<script>alert(1)</script>", Encoding.UTF8, "text/html");
        using var upload = await _host.Client.PutAsync(await _host.UploadUrlAsync(), content, Token);

        using var download = await _host.Client.GetAsync(await _host.DownloadUrlAsync(), Token);

        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal("application/octet-stream", download.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(["nosniff"], download.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("no-store", download.Headers.CacheControl!.ToString());
        Assert.Equal("<script>alert(1)</script>", await download.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Signatures_and_urls_are_in_no_log_line_of_ours()
    {
        var url = await _host.UploadUrlAsync();
        await RefusedAsync(new Uri(url.AbsoluteUri + "&x=1"), 403);
        using var upload = await _host.Client.PutAsync(url, new ByteArrayContent([1]), Token);

        Assert.Contains(_host.Logs.Lines, line => line.Category.StartsWith("Switchyard", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _host.Logs.Lines,
            line => line.Category.StartsWith("Switchyard", StringComparison.Ordinal)
                && (line.Text.Contains("signature", StringComparison.OrdinalIgnoreCase) || line.Text.Contains("in/object", StringComparison.Ordinal)));
    }

    private async Task RefusedAsync(Uri url, int status, Action<HttpContent>? headers = null)
    {
        var before = _host.Files();
        using var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        headers?.Invoke(content);

        using var response = await _host.Client.PutAsync(url, content, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        Assert.True(response.Headers.ConnectionClose);
        Assert.Null(response.Headers.ETag);
        Assert.Equal(before, _host.Files());
    }
}
