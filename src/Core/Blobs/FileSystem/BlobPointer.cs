using System.Globalization;
using System.Text;

namespace Switchyard.Blobs.FileSystem;

/// <summary>The line in a pointer file: which version of an object is the current one, and how long it is.</summary>
internal readonly record struct BlobPointer(string Version, long Size)
{
    private const string Format = "switchyard-blob-1";
    private const int LongestLine = 128;
    private const int VersionLength = 32;

    /// <summary>Reads a pointer file; <see langword="null"/> where there is none. Not async: a line takes less time than another thread's attention.</summary>
    public static BlobPointer? Read(string path)
    {
        Span<byte> buffer = stackalloc byte[LongestLine];
        int length;
        try
        {
            // Sharing Delete lets a writer replace the file under a reader on Windows too.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = RandomAccess.Read(file, buffer, fileOffset: 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return Parse(Encoding.ASCII.GetString(buffer[..length]))
            ?? throw new IOException("The pointer file of an object is damaged.");
    }

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Format} {Version} {Size}\n"));

    /// <summary>Tells whether a text may be a version: only such a one may become part of a path.</summary>
    public static bool IsVersion(string text) => text.Length == VersionLength && text.All(char.IsAsciiHexDigitLower);

    private static BlobPointer? Parse(string line) =>
        line.EndsWith('\n') && line[..^1].Split(' ') is [Format, { Length: VersionLength } version, var size]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new BlobPointer(version, bytes)
            : null;
}
