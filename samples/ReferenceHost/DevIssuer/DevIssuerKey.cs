using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>The RS256 key of the development issuer, kept in the data directory so that tokens outlive a restart.</summary>
internal sealed class DevIssuerKey : IDisposable
{
    private const int Bits = 2048;

    // A token isn't HTML: "at+jwt" needs no escape, and people read these.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RSA _rsa;
    private readonly Lock _gate = new();

    private DevIssuerKey(RSA rsa)
    {
        _rsa = rsa;
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var (e, n) = (Base64Url.EncodeToString(parameters.Exponent), Base64Url.EncodeToString(parameters.Modulus));

        // The key's thumbprint (RFC 7638) names it: the same key has the same name after every start.
        KeyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""")));
        PublicKey = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId, ["n"] = n, ["e"] = e }.ToJsonString();
    }

    /// <summary>Gets the key's name.</summary>
    public string KeyId { get; }

    /// <summary>Gets the public half, a JSON Web Key as text.</summary>
    public string PublicKey { get; }

    /// <summary>Gets the key that a folder keeps, made at first use.</summary>
    public static DevIssuerKey FromFolder(string keys)
    {
        var pem = KeptSecret.GetOrCreate(Path.Combine(keys, "dev-issuer.pem"), () =>
        {
            using var made = RSA.Create(Bits);
            return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem());
        });
        var rsa = RSA.Create();
        rsa.ImportFromPem(Encoding.ASCII.GetString(pem));
        return new DevIssuerKey(rsa);
    }

    /// <summary>Signs claims as a token of type <c>at+jwt</c> (RFC 9068).</summary>
    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "at+jwt", ["kid"] = KeyId };
        var content = $"{Encode(header)}.{Encode(claims)}";
        lock (_gate)
        {
            var signature = _rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{content}.{Base64Url.EncodeToString(signature)}";
        }
    }

    public void Dispose() => _rsa.Dispose();

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString(Plain)));
}
