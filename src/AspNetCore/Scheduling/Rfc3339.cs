using System.Globalization;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Reads instants as RFC 3339 writes them: date, time and offset, all of them there.</summary>
internal static class Rfc3339
{
    /// <summary>What an instant must be, as a clause.</summary>
    public const string Rule = "must be an instant with an offset (RFC 3339), such as 2024-01-01T02:00:00Z";

    private const int ShortestLength = 20;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant)
        && text!.Length >= ShortestLength
        && !text.Contains('\0', StringComparison.Ordinal);
}
