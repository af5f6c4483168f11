using System.Text;
using System.Text.Json;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Fills a template: one pass, so that a value that looks like a token stays what it is, in time that grows with the length alone.</summary>
internal static class BodyTemplate
{
    /// <summary>The longest body that a template may grow to, in characters.</summary>
    public const int LongestBody = 1024 * 1024;

    private const string Opening = "{{";
    private const string Closing = "}}";

    /// <summary>Gives the body, or <see langword="null"/> where it would be longer than <see cref="LongestBody"/>.</summary>
    /// <param name="template">The template. What isn't a known token stays.</param>
    /// <param name="values">What fills it.</param>
    /// <param name="isJson">Whether values are escaped to stand in a JSON string.</param>
    public static string? Render(string template, TemplateValues values, bool isJson)
    {
        var body = new StringBuilder(template.Length);
        var rest = template.AsSpan();
        while (rest.IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var at && body.Length <= LongestBody)
        {
            body.Append(rest[..at]);
            rest = rest[at..];
            var token = TokenAt(rest);

            // Of three braces the first may be plain text and the others a token's: go on one character further.
            body.Append(token is null ? "{" : Escape(values.Of(token), isJson));
            rest = rest[(token is null ? 1 : Opening.Length + token.Length + Closing.Length)..];
        }

        return body.Append(rest).Length <= LongestBody ? body.ToString() : null;
    }

    private static string? TokenAt(ReadOnlySpan<char> text)
    {
        var inner = text[Opening.Length..];
        foreach (var token in TemplateValues.Tokens)
        {
            if (inner.StartsWith(token, StringComparison.Ordinal) && inner[token.Length..].StartsWith(Closing, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }

    private static string Escape(string value, bool isJson) => isJson ? JsonEncodedText.Encode(value).ToString() : value;
}
