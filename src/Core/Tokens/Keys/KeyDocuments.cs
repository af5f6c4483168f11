using System.Net;
using System.Text.Json;

namespace Switchyard.Tokens.Keys;

/// <summary>Fetches an issuer's discovery document and the key set that it names.</summary>
internal sealed class KeyDocuments(string name, OidcIssuerOptions options, IHttpClientFactory clients)
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    // The document must be one that every reader reads alike.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static string ClientName(string issuerName) => $"Switchyard.Tokens:{issuerName}";

    /// <summary>Fetches the keys that signatures may be verified with.</summary>
    /// <exception cref="KeyDocumentException">A document isn't what it has to be.</exception>
    public async Task<TokenKeySet> FetchAsync(CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(ClientName(name));
        using var discovery = await GetAsync(client, new Uri(options.Issuer!.TrimEnd('/') + DiscoveryPath), cancellationToken).ConfigureAwait(false);
        var keysUri = ReadKeysUri(discovery.RootElement);
        using var keys = await GetAsync(client, keysUri, cancellationToken).ConfigureAwait(false);
        return ReadKeys(keys.RootElement);
    }

    private static async Task<JsonDocument> GetAsync(HttpClient client, Uri uri, CancellationToken cancellationToken)
    {
        // Buffered: the client's MaxResponseContentBufferSize is what caps the size.
        using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new KeyDocumentException($"{uri.AbsolutePath} answered {(int)response.StatusCode}");
        }

        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var document = JsonDocument.Parse(content, Strict);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new KeyDocumentException($"{uri.AbsolutePath} isn't a JSON object");
    }

    private Uri ReadKeysUri(JsonElement discovery)
    {
        // Without this, whoever answers here could stand in for another issuer (RFC 8414, 3.3).
        if (!discovery.TryGetProperty("issuer", out var issuer) || issuer.ValueKind != JsonValueKind.String || !issuer.ValueEquals(options.Issuer))
        {
            throw new KeyDocumentException("the discovery document names another issuer than the one configured; they must be equal, to the slash at the end");
        }

        if (!discovery.TryGetProperty("jwks_uri", out var text) || text.ValueKind != JsonValueKind.String
            || !Uri.TryCreate(text.GetString(), UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && options.AllowHttp)))
        {
            throw new KeyDocumentException("the discovery document has no jwks_uri that is an absolute https URL");
        }

        return uri;
    }

    private static TokenKeySet ReadKeys(JsonElement root)
    {
        if (!root.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new KeyDocumentException("the key set has no array of keys");
        }

        var usable = keys.EnumerateArray()
            .Select(key => key.GetRawText())
            .Where(key => JsonWebKeyReader.Read(key) is not null)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return usable.Length > 0
            ? new TokenKeySet(usable)
            : throw new KeyDocumentException("the key set holds no key that signatures can be verified with (RSA of 2048 to 8192 bits, P-256, P-384, P-521)");
    }
}
