using System.Buffers;

namespace Switchyard.Scheduling.Rules;

/// <summary>Says which headers a user may set on a webhook. Pure.</summary>
internal static class HeaderRules
{
    private const int MostHeaders = 50;
    private const int LongestName = 256;
    private const int LongestValue = 8192;
    private const int LongestOfAll = 32 * 1024;

    // RFC 9110, 5.6.2: the characters of a token.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What frames the message or belongs to the connection: set by the client alone, or the message could be read in two ways.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization",
        "Proxy-Authenticate", "Expect", "Upgrade", "TE", "Trailer", "HTTP2-Settings",
    };

    public static void Check(IReadOnlyList<KeyValuePair<string, string>>? headers, ProblemList problems)
    {
        if (headers is null)
        {
            return;
        }

        problems.AddUnless(headers.Count <= MostHeaders, "headers", $"must be at most {MostHeaders}");
        problems.AddUnless(headers.Sum(header => (long)header.Key.Length + (header.Value?.Length ?? 0)) <= LongestOfAll, "headers", "must be at most 32 KiB in all");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers.Take(MostHeaders))
        {
            var fault = OfName(name) ?? (seen.Add(name) ? OfValue(value) : "is there twice: names that differ by case alone are the same");
            problems.AddUnless(fault is null, ProblemList.Entry("headers", name), fault ?? "");
        }
    }

    private static string? OfName(string name) =>
        name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(Token) ? "is not the name of a header"
        : Reserved.Contains(name) ? "can't be set: the connection sets it"
        : null;

    private static string? OfValue(string? value) =>
        value is null ? "must be a text"
        : value.Length > LongestValue ? "must be at most 8192 characters"
        : value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "must be visible ASCII characters and spaces"
        : value.StartsWith(' ') || value.EndsWith(' ') ? "must not begin or end with a space"
        : null;
}
