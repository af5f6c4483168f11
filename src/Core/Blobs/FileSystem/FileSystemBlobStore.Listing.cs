using System.Runtime.CompilerServices;

namespace Switchyard.Blobs.FileSystem;

internal sealed partial class FileSystemBlobStore
{
    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var slash = prefix.LastIndexOf('/');
        var whole = slash < 0 ? "" : prefix[..slash];
        if (slash >= 0 && !BlobKey.IsValid(whole))
        {
            yield break;
        }

        var begun = slash < 0 ? "" : whole + "/";
        foreach (var key in Keys(_layout.Folder(whole), begun, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } blob)
            {
                yield return blob;
            }
        }
    }

    private IEnumerable<string> Keys(string folder, string begun, string prefix)
    {
        // A folder's text ends in its slash, so that sorting the texts of one level puts whole keys in ordinal order.
        var level = DiskFailure.Guard(() => Level(folder, "").OrderBy(entry => entry.Text, StringComparer.Ordinal).ToList());
        foreach (var (text, below) in level)
        {
            var key = begun + text;
            if (below is null)
            {
                if (key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield return key;
                }
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal))
            {
                foreach (var deeper in Keys(below, key, prefix))
                {
                    yield return deeper;
                }
            }
        }
    }

    private List<(string Text, string? Below)> Level(string folder, string begunName)
    {
        var entries = new List<(string, string?)>();
        if (!Directory.Exists(folder))
        {
            return Directory.Exists(_layout.Objects) ? entries : throw new BlobStoreUnavailableException("The folder of the blobs is gone.");
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var isFolder = entry is DirectoryInfo;
            if (isFolder && BlobLayout.IsContinued(entry.Name))
            {
                entries.AddRange(Level(entry.FullName, begunName + entry.Name[..^1]));
            }
            else if ((isFolder || BlobLayout.IsPointer(entry.Name)) && BlobLayout.Decode(begunName + entry.Name.TrimEnd('@')) is { } segment)
            {
                entries.Add(isFolder ? (segment + "/", entry.FullName) : (segment, null));
            }
        }

        return entries;
    }
}
