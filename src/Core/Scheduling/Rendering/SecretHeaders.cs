namespace Switchyard.Scheduling.Rendering;

/// <summary>Says which headers are likely to hold secrets.</summary>
internal static class SecretHeaders
{
    public const string Masked = "***";

    private static readonly string[] Words =
        ["auth", "token", "secret", "key", "password", "passwd", "credential", "cookie", "session", "signature", "bearer", "jwt"];

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Allow", "Cache-Control", "Content-Disposition", "Content-Encoding",
        "Content-Language", "Content-Type", "Date", "Expires", "From", "If-Match", "If-Modified-Since", "If-None-Match", "Last-Modified", "Origin",
        "Pragma", "Prefer", "Priority", "Range", "Referer", "User-Agent", "Vary", "Via", "traceparent", "tracestate", "webhook-id", "webhook-timestamp",
    };

    /// <summary>Gets whether the name of a header says that it holds a secret.</summary>
    public static bool LooksSecret(string name) => !Harmless.Contains(name) && Words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets whether the values of a header are known to be no secrets.</summary>
    public static bool IsHarmless(string name) => Harmless.Contains(name);

    /// <summary>Masks the values of headers whose name says that they hold secrets.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Mask(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(header => LooksSecret(header.Key) ? KeyValuePair.Create(header.Key, Masked) : header)];

    /// <summary>Puts the values that are there in the place of masks, so that what was shown can be sent back.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Unmask(
        IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<KeyValuePair<string, string>>? current) =>
        [.. headers.Select(header => header.Value == Masked && LooksSecret(header.Key) ? KeyValuePair.Create(header.Key, Find(current, header.Key) ?? Masked) : header)];

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>>? headers, string name) =>
        headers?.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}
