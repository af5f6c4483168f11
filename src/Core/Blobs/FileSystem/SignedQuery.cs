using System.Globalization;

namespace Switchyard.Blobs.FileSystem;

/// <summary>The query of a signed URL, read byte for byte: each value has one spelling only, so nothing of it can be altered unnoticed.</summary>
internal sealed record SignedQuery(long Expires, long? MaxBytes, string Signature)
{
    private const int LongestQuery = 256;

    public static SignedQuery? Parse(string? query)
    {
        if (query is not { Length: > 1 and <= LongestQuery } || query[0] != '?')
        {
            return null;
        }

        string? expires = null, max = null, signature = null;
        foreach (var pair in query[1..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : pair[(equals + 1)..];
            var fresh = equals < 0 ? false : pair[..equals] switch
            {
                "expires" => TrySet(ref expires, value),
                "max" => TrySet(ref max, value),
                "signature" => TrySet(ref signature, value),
                _ => false,
            };
            if (!fresh)
            {
                return null;
            }
        }

        return signature is not null && Number(expires) is { } until && (max is null || Number(max) is not null)
            ? new SignedQuery(until, Number(max), signature)
            : null;
    }

    public override string ToString() => MaxBytes is null
        ? string.Create(CultureInfo.InvariantCulture, $"expires={Expires}&signature={Signature}")
        : string.Create(CultureInfo.InvariantCulture, $"expires={Expires}&max={MaxBytes}&signature={Signature}");

    private static bool TrySet(ref string? place, string value)
    {
        var fresh = place is null;
        place = value;
        return fresh;
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;
}
