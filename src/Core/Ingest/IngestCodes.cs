namespace Switchyard.Ingest;

/// <summary>Knows what codes of partners and tenants, and texts that go to a database, may look like.</summary>
internal static class IngestCodes
{
    public const string Grammar = "[A-Za-z0-9_-]{1,64}";
    private const int MaxLength = 64;

    public static bool IsCode(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

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
