namespace Switchyard.Blobs.FileSystem;

internal sealed partial class FileSystemBlobStore
{
    /// <summary>Freezes a version under a key that has no object yet, by a second name for its data and one for its pointer.</summary>
    /// <remarks>
    /// Both files are on the disk already, so that only names remain to be made durable: one flush of a folder, and no file is
    /// made, for which every start of a job would wait. The two names may become durable in either order because nobody can know
    /// the key before this returns; a key that has an object is left to the longer way.
    /// </remarks>
    /// <returns>Whether it did; where it didn't, it left nothing.</returns>
    private async Task<bool> TryLinkAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(frozenKey, cancellationToken).ConfigureAwait(false);
        return DiskFailure.Guard(() => TryLink(source, frozenKey));
    }

    private bool TryLink(BlobInfo source, string frozenKey)
    {
        var (original, data) = (_layout.Data(source.Key, source.Version), _layout.Data(frozenKey, source.Version));
        if (!TryMakeYoung(original))
        {
            return false;
        }

        var folder = Path.GetDirectoryName(data)!;
        BlobDisk.CreateFolder(folder);

        // A file of that name is somebody else's, who may delete it: only who made it may point to it.
        if (NativeFiles.HardLink(original, data) != LinkResult.Linked)
        {
            return false;
        }

        var published = false;
        try
        {
            published = TryLinkPointer(source, _layout.Pointer(frozenKey));
            if (published)
            {
                NativeFiles.FlushFolder(folder);
            }

            return published;
        }
        finally
        {
            if (!published)
            {
                DeleteOldVersion(data);
            }
        }
    }

    /// <summary>Gives the source's pointer another name, which fails where there is an object of that name.</summary>
    private bool TryLinkPointer(BlobInfo source, string path)
    {
        if (NativeFiles.HardLink(_layout.Pointer(source.Key), path) != LinkResult.Linked)
        {
            return false;
        }

        // A writer may have replaced the source's pointer since: what it says is what counts, not where it was found.
        var isThatVersion = BlobPointer.Read(path) == new BlobPointer(source.Version, source.Size);
        if (!isThatVersion)
        {
            File.Delete(path);
        }

        return isThatVersion;
    }

    /// <summary>Makes a version's data young again, or a sweep under way might take its second name for a leftover.</summary>
    /// <returns>Whether it is there.</returns>
    private bool TryMakeYoung(string data)
    {
        try
        {
            File.SetLastWriteTimeUtc(data, _time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
