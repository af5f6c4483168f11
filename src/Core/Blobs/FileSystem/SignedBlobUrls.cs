using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.FileSystem;

/// <summary>Signs URLs of blobs and verifies them, for whatever serves them.</summary>
/// <remarks>
/// The signature is HMAC-SHA256 over method, key, expiry and size limit. Verification is exact: a byte of the query that is
/// changed, added, repeated or percent-encoded is refused; only the order of the parameters is free. Thread-safe.
/// </remarks>
public sealed class SignedBlobUrls
{
    private const string Purpose = "switchyard-blob-url-1";
    private const string Upload = "PUT";
    private const string Download = "GET";
    private readonly IOptions<FileSystemBlobsOptions> _options;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance of the <see cref="SignedBlobUrls"/> class.</summary>
    /// <param name="options">The key, the prefix and the public URL.</param>
    /// <param name="time">The clock by which URLs expire.</param>
    public SignedBlobUrls(IOptions<FileSystemBlobsOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
    }

    /// <summary>Gets the path below which signed URLs lie, such as <c>/blobs</c>.</summary>
    public string PathPrefix => _options.Value.PathPrefix;

    /// <summary>Signs a URL for one PUT.</summary>
    /// <exception cref="ArgumentException">The key is malformed, or the lifetime or the limit isn't positive.</exception>
    public Uri SignUpload(string key, UploadGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grant.MaxBytes, nameof(grant));
        return Sign(Upload, key, grant.Lifetime, grant.MaxBytes);
    }

    /// <summary>Signs a URL for GET and HEAD.</summary>
    /// <exception cref="ArgumentException">The key is malformed, or the lifetime isn't positive.</exception>
    public Uri SignDownload(string key, TimeSpan lifetime) => Sign(Download, key, lifetime, maxBytes: null);

    /// <summary>Verifies a request.</summary>
    /// <param name="method">The method: PUT, GET or HEAD.</param>
    /// <param name="path">The path as the server decoded it, with <see cref="PathPrefix"/>.</param>
    /// <param name="query">The query as it came, with its question mark.</param>
    /// <returns>What the URL allows, or <see langword="null"/> where it isn't one of ours, was altered or has expired.</returns>
    public SignedBlob? Verify(string method, string path, string query)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        var signedMethod = method == "HEAD" ? Download : method;
        var prefix = PathPrefix + "/";
        if (signedMethod is not (Upload or Download) || !path.StartsWith(prefix, StringComparison.Ordinal) || !BlobKey.IsValid(path[prefix.Length..]))
        {
            return null;
        }

        var key = path[prefix.Length..];
        return SignedQuery.Parse(query) is { } parsed
            && parsed.MaxBytes is not null == (signedMethod == Upload)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Signature(signedMethod, key, parsed.Expires, parsed.MaxBytes)), Encoding.UTF8.GetBytes(parsed.Signature))
            && _time.GetUtcNow() <= DateTimeOffset.FromUnixTimeSeconds(parsed.Expires)
                ? new SignedBlob(key, parsed.MaxBytes ?? 0)
                : null;
    }

    private Uri Sign(string method, string key, TimeSpan lifetime, long? maxBytes)
    {
        BlobKey.Check(key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);

        // Rounded up: the URL is good for the whole lifetime that was asked for.
        var expires = (_time.GetUtcNow() + lifetime + TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1)).ToUnixTimeSeconds();
        var query = new SignedQuery(expires, maxBytes, Signature(method, key, expires, maxBytes));
        var publicUrl = _options.Value.PublicUrl
            ?? throw new InvalidOperationException("Set FileSystemBlobsOptions.PublicUrl to the host's own URL before signing one.");
        return new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}{PathPrefix}/{key}?{query}");
    }

    private string Signature(string method, string key, long expires, long? maxBytes)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Purpose}\n{method}\n{key}\n{expires}\n{maxBytes}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(_options.Value.SigningKey!, Encoding.ASCII.GetBytes(text)));
    }
}
