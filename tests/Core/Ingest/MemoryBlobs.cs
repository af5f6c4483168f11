using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Switchyard.Blobs;

namespace Switchyard.Ingest;

/// <summary>A blob store in memory whose outages tests decide; its URLs lead to a test's own server.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<string, (byte[] Content, int Version)> _objects = new();
    private int _versions;

    public Uri PublicUrl { get; set; } = new("http://blobs.example.org/");

    public bool IsDown { get; set; }

    /// <summary>Called between the look at an object and its copy.</summary>
    public Action<string>? BeforeFreeze { get; set; }

    public IReadOnlyCollection<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public List<UploadGrant> Grants { get; } = [];

    public void Put(string key, byte[] content) => _objects[key] = (content, Interlocked.Increment(ref _versions));

    public void Put(string key, string content) => Put(key, System.Text.Encoding.UTF8.GetBytes(content));

    public byte[]? Get(string key) => _objects.TryGetValue(key, out var value) ? value.Content : null;

    public Task<Uri> CreateUploadUrlAsync(string key, UploadGrant grant, CancellationToken cancellationToken)
    {
        Check(key);
        Grants.Add(grant);
        return Task.FromResult(new Uri(PublicUrl, $"{key}?signature=put{Interlocked.Increment(ref _versions)}"));
    }

    public Task<Uri> CreateDownloadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Check(key);
        return Task.FromResult(new Uri(PublicUrl, $"{key}?signature=get{Interlocked.Increment(ref _versions)}"));
    }

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        Check(key);
        return Task.FromResult(_objects.TryGetValue(key, out var value) ? Info(key, value) : null);
    }

    public Task<BlobInfo?> FreezeAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken)
    {
        Check(frozenKey);
        BeforeFreeze?.Invoke(source.Key);
        if (!_objects.TryGetValue(source.Key, out var value) || Info(source.Key, value) != source)
        {
            return Task.FromResult<BlobInfo?>(null);
        }

        Put(frozenKey, value.Content);
        return FindAsync(frozenKey, cancellationToken);
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        Check(key);
        return Task.FromResult<Stream?>(Get(key) is { } content ? new MemoryStream(content) : null);
    }

    public async Task<BlobInfo> WriteAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        Check(key);
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        Put(key, buffer.ToArray());
        return (await FindAsync(key, cancellationToken))!;
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Check(prefix);
        foreach (var key in Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return Info(key, _objects[key]);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Check(key);
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private static BlobInfo Info(string key, (byte[] Content, int Version) value) =>
        new(key, value.Content.Length, value.Version.ToString(CultureInfo.InvariantCulture));

    private void Check(string key)
    {
        Assert.Matches("^[A-Za-z0-9_./-]+$", key);
        if (IsDown)
        {
            throw new BlobStoreUnavailableException();
        }
    }
}
