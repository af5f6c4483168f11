using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Tokens;

/// <summary>Writes tokens, good ones and forged ones, from their raw parts.</summary>
public static class TestToken
{
    /// <summary>Signs a payload with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="header">Changes the header <c>{alg, typ: JWT, kid}</c>.</param>
    /// <param name="algorithm">The algorithm to sign with, which the header names too.</param>
    public static string Create(SigningKey key, JsonObject payload, Action<JsonObject>? header = null, string? algorithm = null)
    {
        var head = new JsonObject { ["alg"] = algorithm ?? key.Algorithm, ["typ"] = "JWT", ["kid"] = key.Kid };
        header?.Invoke(head);
        return Encode(head.ToJsonString(), payload.ToJsonString(), input => key.Sign(input, algorithm));
    }

    /// <summary>Signs a payload with a shared secret.</summary>
    public static string CreateHs(byte[] secret, JsonObject payload, string algorithm = "HS256", Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        header?.Invoke(head);
        return Encode(head.ToJsonString(), payload.ToJsonString(), input => algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, input),
            "HS512" => HMACSHA512.HashData(secret, input),
            _ => HMACSHA256.HashData(secret, input),
        });
    }

    /// <summary>Joins raw texts to a token and signs them, however malformed they are.</summary>
    public static string Encode(string headerJson, string payloadJson, Func<byte[], byte[]> sign)
    {
        var input = $"{Segment(headerJson)}.{Segment(payloadJson)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>Encodes a text as one segment.</summary>
    public static string Segment(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
