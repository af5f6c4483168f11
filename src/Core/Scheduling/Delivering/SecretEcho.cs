using System.Text;
using System.Text.Json;
using Switchyard.Scheduling.Rendering;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Clears what a receiver answered of the header values that were sent to it: an echo of our secrets isn't kept.</summary>
internal sealed class SecretEcho
{
    public const string Mark = "[redacted]";
    private const int ShortestSecret = 4;
    private const int ShortestOther = 8;

    // The longest first: one may begin another.
    private readonly string[] _secrets;

    public SecretEcho(IEnumerable<KeyValuePair<string, string>> headers)
    {
        _secrets = [.. headers.SelectMany(Secrets).SelectMany(Spellings).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length)];
        LongestBytes = _secrets.Length == 0 ? 0 : _secrets.Max(Encoding.UTF8.GetByteCount);
    }

    /// <summary>Gets how many bytes the longest of them takes: as much must be read beyond what is kept, so that none is cut in two.</summary>
    public int LongestBytes { get; }

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return text;
    }

    private static IEnumerable<string> Secrets(KeyValuePair<string, string> header)
    {
        if (SecretHeaders.IsHarmless(header.Key))
        {
            return [];
        }

        // Of "Bearer abc" the last word alone is the secret, and may be echoed alone.
        var shortest = SecretHeaders.LooksSecret(header.Key) ? ShortestSecret : ShortestOther;
        var words = header.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> parts = words.Length == 2 ? [header.Value, words[1], .. Password(words)] : [header.Value];
        return parts.Where(part => part.Length >= shortest);
    }

    private static IEnumerable<string> Password(string[] words)
    {
        var bytes = new byte[words[1].Length];
        return words[0].Equals("Basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(words[1], bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
                ? [password]
                : [];
    }

    private static IEnumerable<string> Spellings(string secret) => [secret, JsonEncodedText.Encode(secret).ToString(), Uri.EscapeDataString(secret)];
}
