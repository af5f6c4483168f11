using System.Security.Cryptography;

namespace Switchyard.Blobs.FileSystem;

internal sealed partial class FileSystemBlobStore
{
    private const int VersionBytes = 16;

    public async Task<BlobInfo> WriteAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        ArgumentNullException.ThrowIfNull(content);
        var version = NewVersion();
        var temporary = _layout.Temporary(version);
        try
        {
            var size = await _disk.SpoolAsync(content, temporary, cancellationToken).ConfigureAwait(false);
            var blob = new BlobInfo(key, size, version);
            DiskFailure.Guard(() => Place(blob, data => File.Move(temporary, data)));
            await PublishAsync(blob, cancellationToken).ConfigureAwait(false);
            return blob;
        }
        finally
        {
            DeleteOldVersion(temporary);
        }
    }

    public async Task<BlobInfo?> FreezeAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        BlobKey.Check(source.Key, nameof(source));
        BlobKey.Check(frozenKey, nameof(frozenKey));
        if (BlobPointer.IsVersion(source.Version) && await TryLinkAsync(source, frozenKey, cancellationToken).ConfigureAwait(false))
        {
            return source with { Key = frozenKey };
        }

        var pointer = Current(source.Key);
        if (pointer?.Version != source.Version)
        {
            return null;
        }

        // The data file of a version never changes: whatever has become of the object since, this copies what was looked at.
        var frozen = new BlobInfo(frozenKey, pointer.Value.Size, NewVersion());
        if (!DiskFailure.Guard(() => TryCopyVersion(_layout.Data(source.Key, source.Version), frozen)))
        {
            return null;
        }

        await PublishAsync(frozen, cancellationToken).ConfigureAwait(false);
        return frozen;
    }

    /// <summary>Gives every write a mark of its own: file times are too coarse to tell two quick writes of one length apart.</summary>
    private static string NewVersion() => RandomNumberGenerator.GetHexString(2 * VersionBytes, lowercase: true);

    private bool TryCopyVersion(string source, BlobInfo frozen)
    {
        try
        {
            // Young again, or a sweep under way might take the new name for a leftover before its pointer is there.
            File.SetLastWriteTimeUtc(source, _time.GetUtcNow().UtcDateTime);
            var result = LinkResult.Linked;
            Place(frozen, data => result = NativeFiles.HardLink(source, data));
            if (result == LinkResult.Unsupported)
            {
                CopyData(source, frozen);
            }

            return result != LinkResult.SourceMissing;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private void CopyData(string source, BlobInfo frozen)
    {
        var temporary = _layout.Temporary(frozen.Version);
        File.Copy(source, temporary);
        using (var copy = File.OpenHandle(temporary, access: FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(copy);
        }

        Place(frozen, data => File.Move(temporary, data));
    }

    /// <summary>Puts a version's data where it belongs, durably; nobody sees it before its pointer is there.</summary>
    private void Place(BlobInfo blob, Action<string> place)
    {
        var data = _layout.Data(blob.Key, blob.Version);
        var folder = Path.GetDirectoryName(data)!;
        BlobDisk.CreateFolder(folder);
        place(data);
        NativeFiles.FlushFolder(folder);
    }

    /// <summary>Makes a version the current one, in one step, and forgets the one before.</summary>
    private async Task PublishAsync(BlobInfo blob, CancellationToken cancellationToken)
    {
        var published = false;
        try
        {
            using var held = await _locks.EnterAsync(blob.Key, cancellationToken).ConfigureAwait(false);
            var before = Current(blob.Key);
            var path = _layout.Pointer(blob.Key);
            DiskFailure.Guard(() =>
            {
                _disk.Replace(path, _layout.Temporary(blob.Version + ".pointer"), new BlobPointer(blob.Version, blob.Size).ToBytes());
                published = true;
                NativeFiles.FlushFolder(Path.GetDirectoryName(path)!);
            });
            if (before is not null)
            {
                DeleteOldVersion(_layout.Data(blob.Key, before.Value.Version));
            }
        }
        finally
        {
            if (!published)
            {
                DeleteOldVersion(_layout.Data(blob.Key, blob.Version));
                DeleteOldVersion(_layout.Temporary(blob.Version + ".pointer"));
            }
        }
    }
}
