using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Tokens.Jwt;

/// <summary>Decodes base64url as RFC 7515 writes it, so that one value has one spelling: no padding, no blanks, no stray bits at the end.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet) || HasStrayBits(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromUtf8(text);
        return true;
    }

    // With the alphabet sure, 2 characters in the last group carry 4 unused bits, and 3 carry 2. Were they free,
    // one token would have several spellings that all verify.
    private static bool HasStrayBits(ReadOnlySpan<byte> text)
    {
        var unused = (text.Length % 4) switch { 2 => 0b1111, 3 => 0b11, _ => 0 };
        return (ValueOf(text[^1]) & unused) != 0;
    }

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'-' => 62,
        _ => 63,
    };
}
