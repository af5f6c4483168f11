using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Switchyard.Tokens.Jwt;

namespace Switchyard.Tokens.Keys;

/// <summary>Reads the JSON Web Keys (RFC 7517) that signatures may be verified with; every other key is as if it weren't there.</summary>
internal static class JsonWebKeyReader
{
    private const int LeastRsaBits = 2048;

    // A verification with a longer modulus costs so much that the key would be a lever against us.
    private const int MostRsaBits = 8192;

    private static readonly (string Name, ECCurve Curve, int FieldBytes, string Algorithm)[] Curves =
    [
        ("P-256", ECCurve.NamedCurves.nistP256, 32, "ES256"),
        ("P-384", ECCurve.NamedCurves.nistP384, 48, "ES384"),
        ("P-521", ECCurve.NamedCurves.nistP521, 66, "ES512"),
    ];

    private static readonly string[] RsaAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];

    /// <summary>Reads a key; null for one that is symmetric, weak, for another use, or malformed.</summary>
    public static VerificationKey? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            var key = document.RootElement;
            return key.ValueKind == JsonValueKind.Object && IsForSignatures(key) ? ReadByType(key) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or CryptographicException or PlatformNotSupportedException)
        {
            // A string that holds half a surrogate pair, a point that isn't on its curve: the key is unusable, its neighbours aren't.
            return null;
        }
    }

    private static VerificationKey? ReadByType(JsonElement key) => Text(key, "kty") switch
    {
        "RSA" => ReadRsa(key),
        "EC" => ReadEllipticCurve(key),
        _ => null,
    };

    private static bool IsForSignatures(JsonElement key)
    {
        if (key.TryGetProperty("use", out _) && Text(key, "use") != "sig")
        {
            return false;
        }

        return !key.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify")));
    }

    private static VerificationKey? ReadRsa(JsonElement key)
    {
        if (Bytes(key, "n") is not { } modulus || Bytes(key, "e") is not { } exponent)
        {
            return null;
        }

        modulus = modulus.AsSpan().TrimStart((byte)0).ToArray();
        var bits = modulus.Length == 0 ? 0 : (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < LeastRsaBits or > MostRsaBits || exponent.Length > 4 || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        return Create(key, RsaAlgorithms, modulus.Length, () => new RsaSecurityKey(RSA.Create(parameters)));
    }

    private static VerificationKey? ReadEllipticCurve(JsonElement key)
    {
        var curve = Array.Find(Curves, candidate => candidate.Name == Text(key, "crv"));
        if (curve.Name is null || Bytes(key, "x") is not { } x || Bytes(key, "y") is not { } y
            || x.Length != curve.FieldBytes || y.Length != curve.FieldBytes)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } };
        return Create(key, [curve.Algorithm], curve.FieldBytes * 2, () => new ECDsaSecurityKey(ECDsa.Create(parameters)));
    }

    private static VerificationKey? Create(JsonElement key, string[] algorithms, int signatureLength, Func<SecurityKey> createKey)
    {
        if (key.TryGetProperty("alg", out _))
        {
            algorithms = [.. algorithms.Where(algorithm => algorithm == Text(key, "alg"))];
        }

        string? keyId = null;
        if (algorithms.Length == 0 || (key.TryGetProperty("kid", out _) && (keyId = Text(key, "kid")) is null))
        {
            return null;
        }

        // Once now, so that a key that the platform can't import is dropped here and not met by a request.
        _ = createKey();
        return new VerificationKey(keyId, algorithms, signatureLength, createKey);
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        Text(key, name) is { } text && Base64UrlText.TryDecode(Encoding.UTF8.GetBytes(text), out var bytes) ? bytes : null;
}
