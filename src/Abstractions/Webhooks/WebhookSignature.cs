using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Webhooks;

/// <summary>Signs webhooks and verifies them (Standard Webhooks, symmetric): <c>v1,</c> and the base64 of HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
public static class WebhookSignature
{
    /// <summary>How far a timestamp may be from the verifier's clock, both ways, unless it says otherwise: 300 seconds.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromSeconds(300);

    // The last second of the year 9999, where .NET's time ends.
    private const long MaxTimestamp = 253_402_300_799;
    private const int MaxTimestampLength = 12;
    private const string Version = "v1,";
    private const int Length = 47;

    /// <summary>Writes the value of <c>webhook-timestamp</c>.</summary>
    /// <param name="timestamp">When the attempt is signed; fractions of a second are dropped. Not before 1970.</param>
    public static string FormatTimestamp(DateTimeOffset timestamp)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timestamp, DateTimeOffset.UnixEpoch);
        return timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Signs a message.</summary>
    /// <remarks>While a secret is rotated, send the signatures of the new and of the old one with a space between them.</remarks>
    /// <param name="secret">The secret.</param>
    /// <param name="id">The message's id, the same for every attempt; see <see cref="WebhookHeaders.IsId"/>.</param>
    /// <param name="timestamp">When the attempt is signed, to the second. Not before 1970.</param>
    /// <param name="body">The body, byte by byte as it is sent.</param>
    /// <returns>A signature such as <c>v1,K5oZ…=</c>.</returns>
    public static string Sign(WebhookSecret secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(id);
        if (!WebhookHeaders.IsId(id))
        {
            throw new ArgumentException($"An id is 1 to {WebhookHeaders.MaxIdLength} visible ASCII characters without a full stop.", nameof(id));
        }

        return Compute(secret, id, FormatTimestamp(timestamp), body);
    }

    /// <summary>Verifies a message.</summary>
    /// <remarks>Any signature of version 1 may match, by any of the secrets; other versions are passed over. Compares in constant time.</remarks>
    /// <param name="secrets">The secrets that are accepted: more than one while they are rotated.</param>
    /// <param name="headers">The headers, as they came.</param>
    /// <param name="body">The body, byte by byte as it came.</param>
    /// <param name="now">The verifier's time.</param>
    /// <param name="tolerance">How far the timestamp may be from it, both ways; 300 seconds where it is <see langword="null"/>.</param>
    public static WebhookVerification Verify(
        IEnumerable<WebhookSecret> secrets, WebhookHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (string.IsNullOrEmpty(headers.Id) || string.IsNullOrEmpty(headers.Timestamp) || string.IsNullOrEmpty(headers.Signature))
        {
            return WebhookVerification.MissingHeader;
        }

        if (!WebhookHeaders.IsId(headers.Id) || ReadTimestamp(headers.Timestamp) is not { } timestamp)
        {
            return WebhookVerification.MalformedHeader;
        }

        var age = now - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(timestamp);
        var allowed = tolerance ?? DefaultTolerance;
        if (age > allowed || age < -allowed)
        {
            return age > allowed ? WebhookVerification.TooOld : WebhookVerification.TooNew;
        }

        var matches = false;
        foreach (var secret in secrets)
        {
            matches |= IsAmong(headers.Signature, Compute(secret, headers.Id, headers.Timestamp, body));
        }

        return matches ? WebhookVerification.Valid : WebhookVerification.NoMatchingSignature;
    }

    // What was signed is the text of the header, so the digits are taken as they are; signs and spaces are not.
    private static long? ReadTimestamp(string text) =>
        text.Length <= MaxTimestampLength
        && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
        && long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is <= MaxTimestamp and var seconds
            ? seconds
            : null;

    // The texts are compared, not the bytes that they stand for: base64 has unused bits, and a signature has one spelling.
    private static bool IsAmong(ReadOnlySpan<char> signatures, string expected)
    {
        Span<byte> expectedBytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(expected, expectedBytes);
        Span<byte> candidate = stackalloc byte[Length];
        var found = false;
        foreach (var range in signatures.Split(' '))
        {
            var signature = signatures[range];
            found |= signature.Length == Length
                && Ascii.IsValid(signature)
                && Encoding.ASCII.GetBytes(signature, candidate) == Length
                && CryptographicOperations.FixedTimeEquals(candidate, expectedBytes);
        }

        return found;
    }

    private static string Compute(WebhookSecret secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        hmac.GetHashAndReset(mac);
        return Version + Convert.ToBase64String(mac);
    }
}
