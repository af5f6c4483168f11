using System.Buffers;

namespace Switchyard.Blobs.FileSystem;

/// <summary>Writes files so that they are whole and durable before anything names them.</summary>
internal sealed class BlobDisk
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Creates a file that mustn't exist yet. A test replaces it to let the disk be full.</summary>
    public Func<string, FileStream> CreateFile { get; init; } = static path =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);

    /// <summary>Makes a folder with all that is above it, each name durable.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            NativeFiles.FlushFolder(parent);
        }
    }

    /// <summary>Copies a stream into a new file and makes it durable.</summary>
    /// <returns>How many bytes there were.</returns>
    /// <remarks>A failure of the stream passes through as it is; one of the disk is a <see cref="BlobStoreUnavailableException"/>.</remarks>
    public async Task<long> SpoolAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var file = DiskFailure.Guard(() => CreateFile(path));
        try
        {
            long size = 0;
            int count;
            do
            {
                count = await content.ReadAtLeastAsync(buffer.AsMemory(0, ChunkBytes), ChunkBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                await DiskFailure.GuardAsync(() => file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).AsTask()).ConfigureAwait(false);
                size += count;
            }
            while (count == ChunkBytes);

            DiskFailure.Guard(() => file.Flush(flushToDisk: true));
            return size;
        }
        finally
        {
            await file.DisposeAsync().ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a small file whole and durable, then puts it in the place of another in one step.</summary>
    public void Replace(string path, string temporary, ReadOnlySpan<byte> bytes)
    {
        using (var file = CreateFile(temporary))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
