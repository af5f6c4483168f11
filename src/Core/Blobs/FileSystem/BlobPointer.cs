using System.Globalization;
using System.Text;

namespace Switchyard.Blobs.FileSystem;

/// <summary>The line in a pointer file: which version of an object is the current one, and how long it is.</summary>
internal readonly record struct BlobPointer(string Version, long Size)
{
    private const string Format = "switchyard-blob-1";
    private const int LongestLine = 128;

    public static async Task<BlobPointer?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestLine];
        int length;
        try
        {
            // Sharing Delete lets a writer replace the file under a reader on Windows too.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return Parse(Encoding.ASCII.GetString(buffer, 0, length))
            ?? throw new IOException("The pointer file of an object is damaged.");
    }

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Format} {Version} {Size}\n"));

    private static BlobPointer? Parse(string line) =>
        line.EndsWith('\n') && line[..^1].Split(' ') is [Format, { Length: 32 } version, var size]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new BlobPointer(version, bytes)
            : null;
}
