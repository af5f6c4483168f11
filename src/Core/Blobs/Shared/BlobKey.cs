using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Blobs;

/// <summary>The grammar of keys that <see cref="IBlobStore"/> states; every adapter refuses the same keys.</summary>
internal static class BlobKey
{
    public const int MaxLength = 1024;

    public static bool IsValid([NotNullWhen(true)] string? key)
    {
        if (string.IsNullOrEmpty(key) || key.Length > MaxLength)
        {
            return false;
        }

        foreach (var range in key.AsSpan().Split('/'))
        {
            if (!IsSegment(key.AsSpan(range)))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsSegment(ReadOnlySpan<char> segment) =>
        segment.Length > 0 && segment is not ("." or "..") && !segment.ContainsAnyExcept(SegmentCharacters);

    public static void Check(string key, string parameter = "key")
    {
        ArgumentNullException.ThrowIfNull(key, parameter);
        if (!IsValid(key))
        {
            throw new ArgumentException(
                "A blob key is 1 to 1,024 characters: segments of [A-Za-z0-9_.-] joined by '/', none of them '.' or '..'.", parameter);
        }
    }

    private static readonly System.Buffers.SearchValues<char> SegmentCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
}
