using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Tokens;

/// <summary>A key pair that signs test tokens. RSA pairs are made once a process and size: making them is slow.</summary>
public sealed class SigningKey
{
    private static readonly ConcurrentDictionary<(int Bits, int Index), Lazy<RSAParameters>> RsaPairs = new();
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    private SigningKey(string kid, string algorithm, RSA? rsa, ECDsa? ec)
    {
        Kid = kid;
        Algorithm = algorithm;
        _rsa = rsa;
        _ec = ec;
    }

    public string Kid { get; }

    /// <summary>The algorithm that tokens are signed with, where a test doesn't say another.</summary>
    public string Algorithm { get; }

    public RSA RsaKey => _rsa ?? throw new InvalidOperationException("Not an RSA key.");

    public ECDsa EcKey => _ec ?? throw new InvalidOperationException("Not an EC key.");

    /// <summary>Makes an RSA key.</summary>
    /// <param name="kid">Its <c>kid</c>.</param>
    /// <param name="algorithm">RS256 to PS512.</param>
    /// <param name="bits">The length of the modulus.</param>
    /// <param name="index">Which pair: the same index gives the same pair.</param>
    public static SigningKey Rsa(string kid, string algorithm = "RS256", int bits = 2048, int index = 0)
    {
        var parameters = RsaPairs.GetOrAdd((bits, index), key => new Lazy<RSAParameters>(() =>
        {
            using var rsa = RSA.Create(key.Bits);
            return rsa.ExportParameters(includePrivateParameters: true);
        })).Value;
        return new SigningKey(kid, algorithm, RSA.Create(parameters), null);
    }

    /// <summary>Makes an EC key for ES256, ES384 or ES512.</summary>
    public static SigningKey Ec(string kid, string algorithm = "ES256")
    {
        var curve = algorithm switch
        {
            "ES256" => ECCurve.NamedCurves.nistP256,
            "ES384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        };
        return new SigningKey(kid, algorithm, null, ECDsa.Create(curve));
    }

    /// <summary>Gets the public key as a JSON Web Key.</summary>
    public JsonObject PublicJwk()
    {
        var jwk = new JsonObject { ["kid"] = Kid, ["use"] = "sig" };
        if (_rsa is not null)
        {
            var rsa = _rsa.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(rsa.Modulus);
            jwk["e"] = Base64Url.EncodeToString(rsa.Exponent);
            return jwk;
        }

        var ec = _ec!.ExportParameters(includePrivateParameters: false);
        jwk["kty"] = "EC";
        jwk["crv"] = Algorithm switch { "ES256" => "P-256", "ES384" => "P-384", _ => "P-521" };
        jwk["x"] = Base64Url.EncodeToString(ec.Q.X);
        jwk["y"] = Base64Url.EncodeToString(ec.Q.Y);
        return jwk;
    }

    /// <summary>Signs bytes with an algorithm of RFC 7518.</summary>
    public byte[] Sign(byte[] input, string? algorithm = null)
    {
        algorithm ??= Algorithm;
        var hash = algorithm[^3..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        return algorithm[..2] switch
        {
            "RS" => RsaKey.SignData(input, hash, RSASignaturePadding.Pkcs1),
            "PS" => RsaKey.SignData(input, hash, RSASignaturePadding.Pss),
            _ => EcKey.SignData(input, hash),
        };
    }
}
