using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.TestKit.S3;

/// <summary>Verifies the signature of a call as S3 does, in headers or in the query.</summary>
internal sealed class SigV4Verifier(S3Credentials credentials, Func<DateTimeOffset> now)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int LongestExpiry = 604_800;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>Gives what is wrong with a call, or <see langword="null"/>.</summary>
    public S3Error? Check(S3Call call) => call.Header("Authorization") is { } authorization
        ? CheckHeader(call, authorization)
        : call.Parameter("X-Amz-Signature") is null ? S3Error.AccessDenied : CheckQuery(call);

    private S3Error? CheckHeader(S3Call call, string authorization)
    {
        var fields = authorization.StartsWith(SigV4.Algorithm + " ", StringComparison.Ordinal)
            ? authorization[(SigV4.Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries).Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
                .GroupBy(field => field[0]).ToDictionary(group => group.Key, group => group.First()[1])
            : [];
        if (!fields.TryGetValue("Credential", out var credential) || !fields.TryGetValue("SignedHeaders", out var signed)
            || !fields.TryGetValue("Signature", out var signature) || call.Header("x-amz-date") is not { } timestamp
            || call.Header("x-amz-content-sha256") is not { } payloadHash || !TryTime(timestamp, out var time))
        {
            return S3Error.Malformed;
        }

        if ((now() - time).Duration() > Skew)
        {
            return S3Error.RequestTimeTooSkewed;
        }

        return payloadHash.StartsWith("STREAMING-", StringComparison.Ordinal) ? S3Error.NotImplemented
            : CheckSignature(call, new Claim(credential, signed, signature, timestamp, payloadHash))
            ?? (payloadHash == SigV4.UnsignedPayload || payloadHash == SigV4.Hash(call.Body) ? null : S3Error.ContentSha256Mismatch);
    }

    private S3Error? CheckQuery(S3Call call)
    {
        if (call.Parameter("X-Amz-Algorithm") != SigV4.Algorithm || call.Parameter("X-Amz-Credential") is not { } credential
            || call.Parameter("X-Amz-SignedHeaders") is not { } signed || call.Parameter("X-Amz-Date") is not { } timestamp || !TryTime(timestamp, out var time)
            || !int.TryParse(call.Parameter("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            || expires is < 1 or > LongestExpiry)
        {
            return S3Error.Malformed;
        }

        if (now() > time + TimeSpan.FromSeconds(expires))
        {
            return S3Error.Expired;
        }

        return time - now() > Skew
            ? S3Error.RequestTimeTooSkewed
            : CheckSignature(call, new Claim(credential, signed, call.Parameter("X-Amz-Signature")!, timestamp, SigV4.UnsignedPayload));
    }

    private S3Error? CheckSignature(S3Call call, Claim claim)
    {
        if (claim.Credential.Split('/') is not [var accessKey, var date, var region, "s3", "aws4_request"])
        {
            return S3Error.Malformed;
        }

        if (accessKey != credentials.AccessKey)
        {
            return S3Error.InvalidAccessKeyId;
        }

        if (date != claim.Timestamp[..8] || region != credentials.Region)
        {
            return S3Error.Malformed;
        }

        var names = claim.SignedHeaders.Split(';');
        if (!names.Contains("host") || call.Context.Request.Headers.Keys.Any(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !names.Contains(name.ToLowerInvariant())))
        {
            return S3Error.HeadersNotSigned;
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            headers[name] = call.Header(name) ?? "";
        }

        var expected = SigV4.Sign(credentials.SecretKey, claim.Timestamp, region, SigV4.CanonicalRequest(call.Method, call.Target, headers, claim.PayloadHash));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(claim.Signature))
            ? null
            : S3Error.SignatureDoesNotMatch;
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private sealed record Claim(string Credential, string SignedHeaders, string Signature, string Timestamp, string PayloadHash);
}
