using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Tokens;

namespace PackageConsumer;

/// <summary>Stands in for the issuer of the snippets: signs tokens, and gives its keys without a network.</summary>
internal sealed class LocalIssuer : ITokenKeySource, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TokenKeySet _keys;

    public LocalIssuer()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        _keys = new TokenKeySet([JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) })]);
    }

    public ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<TokenKeySet?>(_keys);

    public ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken) => ValueTask.FromResult(_keys);

    public string Sign(string scope)
    {
        var expires = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var content = Encode(new { alg = "ES256", typ = "at+jwt" }) + "."
            + Encode(new { iss = "https://idp.example.org", aud = "https://api.example.org", sub = "consumer", exp = expires, scope });
        return content + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256));
    }

    public void Dispose() => _key.Dispose();

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
