using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.ReferenceHost.Tests.Scheduling;

/// <summary>Makes tokens by RFC 7519 alone, good ones and bad ones.</summary>
internal static class HandMadeToken
{
    public const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";

    public static string Sign(string claims, string secret, string header = Hs256)
    {
        var content = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        var (key, bytes) = (Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(content));
        var signature = (string?)JsonNode.Parse(header)!["alg"] switch
        {
            "HS512" => HMACSHA512.HashData(key, bytes),
            "HS384" => HMACSHA384.HashData(key, bytes),
            "none" => [],
            _ => HMACSHA256.HashData(key, bytes),
        };
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }
}
