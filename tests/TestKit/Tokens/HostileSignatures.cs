using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.TestKit.Tokens;

/// <summary>Tokens whose signature is forged: keys taken for secrets, signatures that are none, encodings that aren't ours.</summary>
internal static class HostileSignatures
{
    // The order of P-256 (FIPS 186-4, D.1.2.3).
    private static readonly BigInteger Order =
        BigInteger.Parse("00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static IEnumerable<HostileToken> All => [.. KeyConfusion(), .. WrongFamilies(), .. EllipticCurve(), .. Rsa()];

    private static IEnumerable<HostileToken> KeyConfusion()
    {
        yield return Confused("its PEM", key => Encoding.ASCII.GetBytes(key.RsaKey.ExportSubjectPublicKeyInfoPem()));
        yield return Confused("its PEM and a newline", key => Encoding.ASCII.GetBytes(key.RsaKey.ExportSubjectPublicKeyInfoPem() + "\n"));
        yield return Confused("its PKCS#1 PEM", key => Encoding.ASCII.GetBytes(key.RsaKey.ExportRSAPublicKeyPem()));
        yield return Confused("its DER", key => key.RsaKey.ExportSubjectPublicKeyInfo());
        yield return Confused("its JWK", key => Encoding.UTF8.GetBytes(key.PublicJwk().ToJsonString()));
        yield return Confused("its modulus", key => key.RsaKey.ExportParameters(includePrivateParameters: false).Modulus!);
        yield return Confused("nothing", _ => []);
    }

    private static HostileToken Confused(string what, Func<SigningKey, byte[]> secret) => new(
        $"HS256 with the public key as secret: {what}",
        "algorithm",
        context => TestToken.CreateHs(secret(context.Issuer.Key), context.Issuer.Claims(), header: header => header["kid"] = context.Issuer.Key.Kid));

    private static IEnumerable<HostileToken> WrongFamilies()
    {
        yield return new("RS256 that is an HMAC with the public key", "signature", context => TestToken.Encode(
            context.Header, context.Payload, input => HMACSHA256.HashData(context.Issuer.Key.RsaKey.ExportSubjectPublicKeyInfo(), input)));
        yield return new("RS256 that is a PSS signature", "signature", context => TestToken.Encode(
            context.Header, context.Payload, input => context.Issuer.Key.Sign(input, "PS256")));
        yield return new("RS256 over SHA-512", "signature", context => TestToken.Encode(
            context.Header, context.Payload, input => context.Issuer.Key.Sign(input, "RS512")));
        yield return new("ES256 with the kid of an RSA key", "unknown_key", context => context.Issuer.Token(
            header: header => header["kid"] = context.Issuer.Key.Kid, key: context.Ec));
        yield return new("RS256 with the kid of an EC key", "unknown_key", context => context.Issuer.Token(
            header: header => header["kid"] = context.Ec.Kid));
        yield return new("ES384 with the kid of a P-256 key", "unknown_key", context => context.Issuer.Token(
            header: header => header["kid"] = context.Ec.Kid, key: SigningKey.Ec("x", "ES384")));
        yield return new("ES256 of another key", "signature", context => context.Issuer.Token(
            header: header => header["kid"] = context.Ec.Kid, key: SigningKey.Ec("x")));
        yield return new("RS256 of another key", "signature", context => context.Issuer.Token(
            header: header => header["kid"] = context.Issuer.Key.Kid, key: context.Attacker));
        yield return new("the payload of another token", "signature", context =>
        {
            var good = context.Issuer.Token().Split('.');
            var other = context.Issuer.Token(claims => claims["scope"] = "partner:other").Split('.');
            return $"{good[0]}.{other[1]}.{good[2]}";
        });
    }

    private static IEnumerable<HostileToken> EllipticCurve()
    {
        (string Name, BigInteger Value)[] edges = [("0", 0), ("1", 1), ("n-1", Order - 1), ("n", Order)];
        foreach (var r in edges)
        {
            foreach (var s in edges)
            {
                yield return Ec($"r={r.Name}, s={s.Name}", _ => [.. Bytes(r.Value), .. Bytes(s.Value)]);
            }
        }

        yield return Ec("r right, s=0", good => [.. good[..32], .. new byte[32]]);
        yield return Ec("r=0, s right", good => [.. new byte[32], .. good[32..]]);
        yield return Ec("r and s changed over", good => [.. good[32..], .. good[..32]]);
        yield return Ec("DER encoding", Der);
        yield return Ec("a zero behind", good => [.. good, 0]);
        yield return Ec("a zero before", good => [0, .. good]);
        yield return Ec("a zero before both halves", good => [0, .. good[..32], 0, .. good[32..]]);
        yield return Ec("the last byte missing", good => good[..^1]);
        yield return Ec("one byte", _ => [1]);
        yield return Ec("all ones", good => [.. Enumerable.Repeat((byte)0xFF, good.Length)]);
    }

    private static IEnumerable<HostileToken> Rsa()
    {
        yield return RsaSignature("zeros", good => new byte[good.Length]);
        yield return RsaSignature("one", good => [.. new byte[good.Length - 1], 1]);
        yield return RsaSignature("all ones", good => [.. Enumerable.Repeat((byte)0xFF, good.Length)]);
        yield return RsaSignature("a zero before", good => [0, .. good]);
        yield return RsaSignature("a zero behind", good => [.. good, 0]);
        yield return RsaSignature("the first byte missing", good => good[1..]);
        yield return RsaSignature("one bit changed", good => [.. good[..^1], (byte)(good[^1] ^ 1)]);
        yield return RsaSignature("one byte", _ => [0]);
    }

    private static HostileToken Ec(string name, Func<byte[], byte[]> change) => new(
        $"ES256 signature: {name}",
        "signature",
        context => TestToken.Encode(
            $"{{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"{context.Ec.Kid}\"}}", context.Payload, input => change(context.Ec.Sign(input))));

    private static HostileToken RsaSignature(string name, Func<byte[], byte[]> change) => new(
        $"RS256 signature: {name}",
        "signature",
        context => TestToken.Encode(context.Header, context.Payload, input => change(context.Issuer.Key.Sign(input))));

    // The same numbers in the other encoding, so that only the encoding is wrong.
    private static byte[] Der(byte[] good)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(good.AsSpan(0, 32).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(good.AsSpan(32).TrimStart((byte)0));
        }

        return writer.Encode();
    }

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
