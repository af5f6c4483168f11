using Microsoft.Extensions.Options;
using Switchyard.TestKit;

namespace Switchyard.Blobs.FileSystem.Tests;

/// <summary>Makes the subjects of these tests on a folder of their own.</summary>
internal sealed class FileSystemBlobs : IDisposable
{
    public FileSystemBlobs()
    {
        Options = new FileSystemBlobsOptions
        {
            Directory = Folder.Combine("blobs"),
            PublicUrl = new Uri("https://api.example.org/base/"),
            SigningKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        };
        Urls = new SignedBlobUrls(Microsoft.Extensions.Options.Options.Create(Options), Clock);
    }

    public TemporaryFolder Folder { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public FileSystemBlobsOptions Options { get; }

    public SignedBlobUrls Urls { get; }

    public FileSystemBlobStore Open(BlobDisk? disk = null) => new(Microsoft.Extensions.Options.Options.Create(Options), Urls, Clock, disk ?? new BlobDisk());

    public LeftoverSweep Sweep(FileSystemBlobStore store) => new(store, Microsoft.Extensions.Options.Options.Create(Options), Clock);

    /// <summary>Gets all files below the folder of the blobs, relative to it.</summary>
    public string[] Files() =>
        [.. Directory.EnumerateFiles(Options.Directory!, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Options.Directory!, path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Folder.Dispose();
}
