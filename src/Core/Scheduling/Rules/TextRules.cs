namespace Switchyard.Scheduling.Rules;

/// <summary>Says what texts may look like.</summary>
internal static class TextRules
{
    public const int LongestName = 255;
    public const string NameRule = "must be 1 to 255 characters, not all of them white space, without control characters";

    /// <summary>Gets whether a text is fit to be a name: its length is counted in Unicode scalar values.</summary>
    public static bool IsName(string? text) =>
        !string.IsNullOrWhiteSpace(text) && IsWellFormed(text) && !text.Any(char.IsControl) && text.EnumerateRunes().Count() <= LongestName;

    /// <summary>Gets whether every store can hold a text: no NUL (PostgreSQL refuses it), no half of a surrogate pair.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0') && IsWellFormed(text);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
