using System.Globalization;

namespace Switchyard.AspNetCore;

/// <summary>Checks the escapes in a JSON text: those that no store and no UTF-8 text can hold are refused.</summary>
internal static class JsonEscapes
{
    private const int EscapeLength = 6;

    /// <summary>Looks for escaped NUL characters (PostgreSQL's text can't hold them) and surrogates without their other half.</summary>
    /// <param name="json">A valid JSON text: a backslash can only begin an escape in a string.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? Check(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = Next(json, at))
        {
            if (json[at + 1] != 'u')
            {
                at += 2;
                continue;
            }

            var unit = UnitAt(json, at);
            at += EscapeLength;
            if (unit == '\0')
            {
                return "The body holds a NUL character.";
            }

            if (char.IsHighSurrogate(unit) && HasLowSurrogateAt(json, at))
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

    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        var found = json[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    private static bool HasLowSurrogateAt(ReadOnlySpan<byte> json, int at) =>
        json[at..].StartsWith("\\u"u8) && char.IsLowSurrogate(UnitAt(json, at));

    private static char UnitAt(ReadOnlySpan<byte> json, int at) =>
        (char)ushort.Parse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
