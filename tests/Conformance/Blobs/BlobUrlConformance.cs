using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Switchyard.Blobs;
using Xunit;

namespace Switchyard.Conformance.Blobs;

/// <summary>Checks the signed URLs of an <see cref="IBlobStore"/> over HTTP, with a client that knows nothing but the URL.</summary>
public abstract class BlobUrlConformance : IAsyncLifetime
{
    private static readonly UploadGrant Grant = new(TimeSpan.FromMinutes(10), 10_000_000);
    private readonly HttpClient _client = new();
    private IBlobStore? _store;

    /// <summary>Gets the store of this test.</summary>
    protected IBlobStore Store => _store ?? throw new InvalidOperationException("The store is there once InitializeAsync has run.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await ReleaseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an empty store whose URLs something serves.</summary>
    protected abstract Task<IBlobStore> CreateAsync();

    /// <summary>Moves the clock that URLs expire by.</summary>
    protected abstract void Advance(TimeSpan by);

    /// <summary>Releases what <see cref="CreateAsync"/> took.</summary>
    protected virtual Task ReleaseAsync() => Task.CompletedTask;

    /// <summary>Takes an upload of any content type.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/html")]
    public async Task Upload_url_takes_a_put_of_any_content_type(string? contentType)
    {
        var bytes = RandomNumberGenerator.GetBytes(70_000);
        var url = await Store.CreateUploadUrlAsync("in/object", Grant, Token);

        Assert.Equal(HttpStatusCode.OK, await PutAsync(url, bytes, contentType));

        Assert.Equal(70_000, (await Store.FindAsync("in/object", Token))!.Size);
        Assert.Equal(bytes, await ReadAsync("in/object"));
    }

    /// <summary>Replaces an upload by a later one, and neither touches what was frozen in between.</summary>
    [Fact]
    public async Task Upload_after_the_freeze_replaces_the_object_and_not_the_frozen_copy()
    {
        byte[] first = RandomNumberGenerator.GetBytes(1000), second = RandomNumberGenerator.GetBytes(1000);
        var url = await Store.CreateUploadUrlAsync("in/object", Grant, Token);
        await PutAsync(url, first);
        var frozen = await Store.FreezeAsync((await Store.FindAsync("in/object", Token))!, "frozen/object", Token);

        Assert.Equal(HttpStatusCode.OK, await PutAsync(url, second));

        Assert.NotNull(frozen);
        Assert.Equal(second, await ReadAsync("in/object"));
        Assert.Equal(first, await ReadAsync("frozen/object"));
        Assert.Equal(frozen, await Store.FindAsync("frozen/object", Token));
    }

    /// <summary>Gives a download, never as something that a browser would run.</summary>
    [Fact]
    public async Task Download_url_gives_the_object_as_an_attachment()
    {
        var bytes = RandomNumberGenerator.GetBytes(70_000);
        await PutAsync(await Store.CreateUploadUrlAsync("in/object", Grant, Token), bytes, "text/html");

        using var response = await _client.GetAsync(await Store.CreateDownloadUrlAsync("in/object", TimeSpan.FromMinutes(1), Token), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Token));
    }

    /// <summary>Answers 404 for an object that isn't there (yet).</summary>
    [Fact]
    public async Task Download_of_an_absent_object_is_404()
    {
        using var response = await _client.GetAsync(await Store.CreateDownloadUrlAsync("absent", TimeSpan.FromMinutes(1), Token), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    /// <summary>Refuses both URLs once they have expired, and not before.</summary>
    [Fact]
    public async Task Urls_die_when_they_expire()
    {
        var put = await Store.CreateUploadUrlAsync("in/object", Grant, Token);
        var get = await Store.CreateDownloadUrlAsync("in/object", Grant.Lifetime, Token);
        Advance(Grant.Lifetime - TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(put, [1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, get));

        Advance(TimeSpan.FromSeconds(62));

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(put, [2]));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, get));
        Assert.Equal([1], await ReadAsync("in/object"));
    }

    /// <summary>Refuses a URL for a method or a key that it wasn't signed for.</summary>
    [Fact]
    public async Task Url_is_good_for_its_method_and_its_key_only()
    {
        await Store.WriteAsync("in/object", new MemoryStream([1]), Token);
        var put = await Store.CreateUploadUrlAsync("in/object", Grant, Token);
        var get = await Store.CreateDownloadUrlAsync("in/object", Grant.Lifetime, Token);
        var other = new Uri(put.AbsoluteUri.Replace("in/object", "in/other", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, put));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(get, [2]));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(other, [2]));
        Assert.Equal([1], await ReadAsync("in/object"));
        Assert.Null(await Store.FindAsync("in/other", Token));
    }

    private async Task<HttpStatusCode> PutAsync(Uri url, byte[] bytes, string? contentType = null)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await _client.PutAsync(url, content, Token);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, Uri url)
    {
        using var request = new HttpRequestMessage(method, url);
        using var response = await _client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private async Task<byte[]?> ReadAsync(string key)
    {
        await using var stream = await Store.OpenReadAsync(key, Token);
        if (stream is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
