using System.Globalization;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Reads a <c>Retry-After</c> (RFC 9110, 10.2.3): seconds, or a date in any of the three formats of RFC 9110, 5.6.7.</summary>
internal static class RetryAfter
{
    private static readonly string[] DateFormats =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Gets how long to wait, from zero up to the most that is honoured; <see langword="null"/> where the text says nothing.</summary>
    public static TimeSpan? Read(string? text, DateTimeOffset now, TimeSpan atMost)
    {
        var trimmed = text?.Trim(' ', '\t');
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (!trimmed.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            // More digits than a number holds are more seconds than are honoured.
            return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < atMost.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : atMost;
        }

        return DateTimeOffset.TryParseExact(
            trimmed, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, atMost.Ticks))
            : null;
    }
}
