using System.Globalization;

namespace Switchyard.AspNetCore;

/// <summary>Checks the escapes in a JSON text: those that no store and no UTF-8 text can hold are refused.</summary>
internal static class JsonEscapes
{
    private const int EscapeLength = 6;

    /// <summary>Looks for escaped NUL characters (PostgreSQL's text can't hold them) and surrogates without their other half.</summary>
    /// <param name="text">Any text; one that is no JSON is the parser's to refuse.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? Check(ReadOnlySpan<byte> text)
    {
        for (var at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            if (!TryReadUnit(text, at, out var unit))
            {
                at += 2;
                continue;
            }

            at += EscapeLength;
            if (unit == '\0')
            {
                return "The body holds a NUL character.";
            }

            if (char.IsHighSurrogate(unit) && TryReadUnit(text, at, out var low) && char.IsLowSurrogate(low))
            {
                at += EscapeLength;
            }
            else if (char.IsSurrogate(unit))
            {
                return "The body holds half of a surrogate pair.";
            }
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        var found = from < text.Length ? text[from..].IndexOf((byte)'\\') : -1;
        return found < 0 ? -1 : from + found;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = default;
        if (text.Length - at < EscapeLength
            || !text[at..].StartsWith("\\u"u8)
            || !ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
