using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.TestKit.S3;

/// <summary>AWS Signature Version 4 as S3 computes it: the pure part, from a canonical request to its signature.</summary>
public static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>Builds the canonical request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query as they came over the wire.</param>
    /// <param name="headers">The signed headers by lower-case name.</param>
    /// <param name="payloadHash">The payload's hash in hex, or <see cref="UnsignedPayload"/>.</param>
    public static string CanonicalRequest(string method, string target, SortedDictionary<string, string> headers, string payloadHash)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        var text = new StringBuilder()
            .Append(method).Append('\n')
            .Append(string.Join('/', path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment))))).Append('\n')
            .Append(CanonicalQuery(mark < 0 ? "" : target[(mark + 1)..])).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', headers.Keys).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>Signs a canonical request.</summary>
    /// <param name="secretKey">The secret key.</param>
    /// <param name="timestamp">The time of signing, as <c>20130524T000000Z</c>.</param>
    /// <param name="region">The region.</param>
    /// <param name="canonicalRequest">The canonical request.</param>
    public static string Sign(string secretKey, string timestamp, string region, string canonicalRequest)
    {
        var date = timestamp[..8];
        var text = $"{Algorithm}\n{timestamp}\n{date}/{region}/s3/aws4_request\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in new[] { date, region, "s3", "aws4_request", text })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(key);
    }

    /// <summary>Hashes a payload.</summary>
    public static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>Splits a raw query into decoded names and values; a plus sign is a plus sign.</summary>
    public static IEnumerable<(string Name, string Value)> ParseQuery(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return equals < 0
                ? (Uri.UnescapeDataString(pair), "")
                : (Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..]));
        });

    private static string CanonicalQuery(string query) => string.Join('&', ParseQuery(query)
        .Where(pair => pair.Name != "X-Amz-Signature")
        .Select(pair => (Name: Encode(pair.Name), Value: Encode(pair.Value)))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            _ = Unreserved.Contains((char)octet, StringComparison.Ordinal)
                ? encoded.Append((char)octet)
                : encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return encoded.ToString();
    }
}
