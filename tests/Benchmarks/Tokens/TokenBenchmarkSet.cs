using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Tokens;

namespace Switchyard.Benchmarks.Tokens;

/// <summary>Tokens of ten claims, signed with RSA-2048, and the key to them.</summary>
internal sealed class TokenBenchmarkSet : ITokenKeySource
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "https://api.example";
    public const int Count = 64;

    private readonly RSA[] _keys;
    private readonly byte[][] _inputs;
    private readonly byte[][] _signatures;
    private readonly TokenKeySet _set;

    private TokenBenchmarkSet(RSA key)
    {
        var publicKey = key.ExportParameters(includePrivateParameters: false);
        _keys = [RSA.Create(publicKey), RSA.Create(publicKey)];
        _inputs = [.. Enumerable.Range(0, Count).Select(index => Encoding.ASCII.GetBytes($"{Segment(Header)}.{Segment(Payload(index))}"))];
        _signatures = [.. _inputs.Select(input => key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))];
        Tokens = [.. _inputs.Select((input, index) => $"{Encoding.ASCII.GetString(input)}.{Base64Url.EncodeToString(_signatures[index])}")];
        _set = new TokenKeySet(
            [$$"""{"kty":"RSA","use":"sig","kid":"k","n":"{{Base64Url.EncodeToString(publicKey.Modulus)}}","e":"{{Base64Url.EncodeToString(publicKey.Exponent)}}"}"""]);
    }

    public string[] Tokens { get; }

    private static string Header => """{"alg":"RS256","typ":"JWT","kid":"k"}""";

    public static TokenBenchmarkSet Create()
    {
        using var key = RSA.Create(2048);
        return new TokenBenchmarkSet(key);
    }

    /// <summary>Verifies the same bytes with .NET alone; each thread has a key of its own.</summary>
    public void VerifyRaw(int thread, int index)
    {
        if (!_keys[thread].VerifyData(_inputs[index], _signatures[index], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw new InvalidOperationException("A good signature was not verified.");
        }
    }

    public ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken) => new(_set);

    public ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken) => new(seen);

    private static string Segment(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Payload(int index)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iss":"{{Issuer}}","aud":"{{Audience}}","sub":"service-account-{{index}}","client_id":"client-{{index}}","azp":"client-{{index}}","client_name":"Acme SIS","iat":{{now}},"exp":{{now + 3600}},"jti":"{{Guid.NewGuid()}}","scope":"create:jobs partner:acme"}""");
    }
}
