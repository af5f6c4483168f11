using System.Globalization;

namespace Switchyard.Ingest.Submission;

/// <summary>Shows what a client sent inside of a message: short, on one line, and not too much of it.</summary>
internal static class OffendingKeys
{
    private const int MaxKeys = 20;
    private const int MaxLength = 100;

    /// <summary>Joins keys by commas, or gives <see langword="null"/> where there are none.</summary>
    public static string? List(IEnumerable<string> keys)
    {
        var all = keys.Order(StringComparer.Ordinal).ToArray();
        return all switch
        {
            [] => null,
            { Length: > MaxKeys } => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all.Take(MaxKeys).Select(Show))} and {all.Length - MaxKeys} more"),
            _ => string.Join(", ", all.Select(Show)),
        };
    }

    /// <summary>Gets a text with control characters and half surrogates replaced, cut where it is long.</summary>
    public static string Show(string text)
    {
        var cut = text.Length <= MaxLength ? text : text[..MaxLength] + "...";
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
