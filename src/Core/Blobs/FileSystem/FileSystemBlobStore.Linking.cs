namespace Switchyard.Blobs.FileSystem;

internal sealed partial class FileSystemBlobStore
{
    /// <summary>Freezes a version under a key that has no object yet, by a second name for its data and one for its pointer.</summary>
    /// <remarks>
    /// Both files are on the disk already, so that only names remain to be made durable: one flush of a folder in the place of
    /// a file's and two of folders, for which every start of a job would wait. The two names may become durable in either order
    /// because nobody can know the key before this returns; a key that has an object is left to the longer way.
    /// </remarks>
    /// <returns>Whether it did; where it didn't, it left nothing.</returns>
    private async Task<bool> TryLinkAsync(string sourceKey, BlobPointer version, string frozenKey, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(frozenKey, cancellationToken).ConfigureAwait(false);
        return await CurrentAsync(frozenKey, cancellationToken).ConfigureAwait(false) is null
            && await DiskFailure.GuardAsync(() => LinkAsync(sourceKey, version, frozenKey, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<bool> LinkAsync(string sourceKey, BlobPointer version, string frozenKey, CancellationToken cancellationToken)
    {
        var data = _layout.Data(frozenKey, version.Version);
        var folder = Path.GetDirectoryName(data)!;
        BlobDisk.CreateFolder(folder);

        // A file of that name is somebody else's, who may delete it: only who made it may point to it.
        if (!TryLinkFile(_layout.Data(sourceKey, version.Version), data))
        {
            return false;
        }

        var published = false;
        try
        {
            published = await TryLinkPointerAsync(sourceKey, version, _layout.Pointer(frozenKey), cancellationToken).ConfigureAwait(false);
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

    private async Task<bool> TryLinkPointerAsync(string sourceKey, BlobPointer version, string path, CancellationToken cancellationToken)
    {
        var temporary = _layout.Temporary(NewVersion() + ".pointer");
        if (!TryLinkFile(_layout.Pointer(sourceKey), temporary))
        {
            return false;
        }

        try
        {
            // A writer may have replaced the source's pointer since: what it says is what counts, not where it was found.
            if (await BlobPointer.ReadAsync(temporary, cancellationToken).ConfigureAwait(false) != version)
            {
                return false;
            }

            File.Move(temporary, path, overwrite: true);
            return true;
        }
        finally
        {
            DeleteOldVersion(temporary);
        }
    }

    /// <summary>Gives a file another name, and makes it young again, or a sweep under way might take that for a leftover.</summary>
    private bool TryLinkFile(string existing, string name)
    {
        try
        {
            File.SetLastWriteTimeUtc(existing, _time.GetUtcNow().UtcDateTime);
            return NativeFiles.HardLink(existing, name) == LinkResult.Linked;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
