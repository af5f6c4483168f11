using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Storage.EfCore;

/// <summary>Makes texts storable anywhere: PostgreSQL refuses NUL, and no encoder takes half of a surrogate pair.</summary>
internal static class StoredText
{
    public const int ErrorLength = 8192;
    public const int ErrorTypeLength = 256;

    /// <summary>Cuts a text, and replaces what can't be stored by U+FFFD.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text, int maxLength = int.MaxValue)
    {
        if (text is null)
        {
            return null;
        }

        var length = text.Length;
        if (length > maxLength)
        {
            // A pair that the cut would halve goes as a whole.
            length = char.IsHighSurrogate(text[maxLength - 1]) && char.IsLowSurrogate(text[maxLength]) ? maxLength - 1 : maxLength;
        }

        return IndexOfUnstorable(text.AsSpan(0, length)) < 0
            ? text[..length]
            : string.Create(length, text, static (target, source) => Replace(source.AsSpan(0, target.Length), target));
    }

    public static bool IsStorable(string text) => IndexOfUnstorable(text) < 0;

    private static int IndexOfUnstorable(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0'))
        {
            return -1;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Replace(ReadOnlySpan<char> source, Span<char> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            if (IsPair(source, i))
            {
                target[i] = source[i];
                target[i + 1] = source[i + 1];
                i++;
            }
            else
            {
                target[i] = source[i] == '\0' || char.IsSurrogate(source[i]) ? '\uFFFD' : source[i];
            }
        }
    }

    private static bool IsPair(ReadOnlySpan<char> text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
