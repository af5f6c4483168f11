using System.Globalization;
using Switchyard.TestKit;

namespace Switchyard.Blobs.FileSystem.Tests;

public sealed class FileSystemBlobStoreTests : IDisposable
{
    private readonly FileSystemBlobs _blobs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Object_is_a_pointer_and_its_data()
    {
        using var store = _blobs.Open();

        var written = await store.WriteAsync("jobs/ACME/x", new MemoryStream("hello"u8.ToArray()), Token);

        Assert.Equal(["objects/jobs/^a^c^m^e/x@", $"objects/jobs/^a^c^m^e/x@{written.Version}"], _blobs.Files());
        Assert.Equal($"switchyard-blob-1 {written.Version} 5\n", await File.ReadAllTextAsync(store.Layout.Pointer("jobs/ACME/x"), Token));
        Assert.Equal("hello", await File.ReadAllTextAsync(store.Layout.Data("jobs/ACME/x", written.Version), Token));
    }

    [Fact]
    public async Task Replaced_deleted_and_failed_writes_leave_no_file()
    {
        using var store = _blobs.Open();
        await store.WriteAsync("object", new MemoryStream([1]), Token);
        var written = await store.WriteAsync("object", new MemoryStream([2]), Token);
        await store.WriteAsync("other", new MemoryStream([3]), Token);

        await store.DeleteAsync("other", Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync("failed", Closed(), Token));

        Assert.Equal(["objects/object@", $"objects/object@{written.Version}"], _blobs.Files());
    }

    [Fact]
    public async Task Many_writers_leave_one_version()
    {
        using var store = _blobs.Open();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => store.WriteAsync("object", new MemoryStream([(byte)i]), Token), Token)));

        Assert.Equal(2, _blobs.Files().Length);
    }

    [Fact]
    public async Task Frozen_copy_shares_the_bytes_on_disk_where_the_file_system_links()
    {
        using var store = _blobs.Open();
        var looked = await store.WriteAsync("in", new MemoryStream(new byte[1000]), Token);

        var frozen = (await store.FreezeAsync(looked, "frozen", Token))!;

        await File.AppendAllTextAsync(store.Layout.Data("in", looked.Version), "!", Token);
        Assert.Equal(1001, new FileInfo(store.Layout.Data("frozen", frozen.Version)).Length);
    }

    [Fact]
    public async Task Full_disk_is_an_unavailable_store_and_leaves_nothing()
    {
        Requires.That(File.Exists("/dev/full"), "/dev/full", "use Linux");
        using (var healthy = _blobs.Open())
        {
            await healthy.WriteAsync("object", new MemoryStream([1]), Token);
        }

        using var store = _blobs.Open(new BlobDisk { CreateFile = _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0) });

        var failure = await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => store.WriteAsync("object", new MemoryStream(new byte[1_000_000]), Token));

        Assert.Equal("The folder of the blobs can't be read or written.", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal(2, _blobs.Files().Length);
        Assert.Equal(1, (await store.FindAsync("object", Token))!.Size);
    }

    [Fact]
    public async Task Disk_that_fills_up_before_the_pointer_leaves_the_old_version_and_no_data()
    {
        using var healthy = _blobs.Open();
        var before = await healthy.WriteAsync("object", new MemoryStream([1]), Token);
        var other = await healthy.WriteAsync("other", new MemoryStream([2]), Token);
        var disk = new BlobDisk();
        using var store = _blobs.Open(new BlobDisk
        {
            CreateFile = path => path.EndsWith(".pointer", StringComparison.Ordinal) ? throw new IOException("No space left on device") : disk.CreateFile(path),
        });

        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => store.WriteAsync("object", new MemoryStream([1, 2]), Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => store.FreezeAsync(before, "other", Token));

        Assert.Equal(before, await healthy.FindAsync("object", Token));
        Assert.Equal(other, await healthy.FindAsync("other", Token));
        Assert.Equal(["objects/object@", $"objects/object@{before.Version}", "objects/other@", $"objects/other@{other.Version}"], _blobs.Files());
    }

    [Fact]
    public async Task Freezing_under_a_new_key_writes_no_file()
    {
        using var healthy = _blobs.Open();
        var looked = await healthy.WriteAsync("object", new MemoryStream([1, 2]), Token);
        using var store = _blobs.Open(new BlobDisk { CreateFile = _ => throw new IOException("No space left on device") });

        var frozen = await store.FreezeAsync(looked, "frozen", Token);
        await healthy.WriteAsync("object", new MemoryStream([3]), Token);
        await healthy.DeleteAsync("object", Token);

        Assert.Equal(looked with { Key = "frozen" }, frozen);
        Assert.Equal(frozen, await store.FindAsync("frozen", Token));
        Assert.Equal(["objects/frozen@", $"objects/frozen@{looked.Version}"], _blobs.Files());
        await using var content = (await store.OpenReadAsync("frozen", Token))!;
        Assert.Equal([1, 2], await BytesAsync(content));
    }

    [Fact]
    public async Task Name_that_another_freeze_took_is_left_to_it()
    {
        using var store = _blobs.Open();
        var looked = await store.WriteAsync("object", new MemoryStream([1, 2]), Token);
        await File.WriteAllBytesAsync(store.Layout.Data("frozen", looked.Version), [9, 9], Token);

        var frozen = (await store.FreezeAsync(looked, "frozen", Token))!;

        Assert.NotEqual(looked.Version, frozen.Version);
        Assert.Equal(frozen, await store.FindAsync("frozen", Token));
        await using var content = (await store.OpenReadAsync("frozen", Token))!;
        Assert.Equal([1, 2], await BytesAsync(content));
        Assert.True(File.Exists(store.Layout.Data("frozen", looked.Version)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("switchyard-blob-1")]
    [InlineData("switchyard-blob-2 0123456789abcdef0123456789abcdef 5\n")]
    [InlineData("switchyard-blob-1 0123456789abcdef0123456789abcdef -5\n")]
    [InlineData("switchyard-blob-1 ../../../etc/passwd 5\n")]
    [InlineData("switchyard-blob-1 0123456789abcdef0123456789abcdef 5\n")]
    public async Task Damaged_pointer_or_lost_data_is_an_unavailable_store(string line)
    {
        using var store = _blobs.Open();
        await File.WriteAllTextAsync(store.Layout.Pointer("object"), line, Token);

        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => store.OpenReadAsync("object", Token));
    }

    [Fact]
    public async Task Store_opened_again_finds_what_was_written_and_ignores_what_crashed_uploads_left()
    {
        BlobInfo written;
        using (var store = _blobs.Open())
        {
            written = await store.WriteAsync("a/object", new MemoryStream([1]), Token);
            await File.WriteAllTextAsync(store.Layout.Temporary("half"), "half an upload", Token);
            await File.WriteAllTextAsync(store.Layout.Data("a/other", new string('0', 32)), "data whose pointer never came", Token);
        }

        using var again = _blobs.Open();
        var listed = new List<BlobInfo>();
        await foreach (var blob in again.ListAsync("", Token))
        {
            listed.Add(blob);
        }

        Assert.Equal([written], listed);
        Assert.Null(await again.FindAsync("a/other", Token));
    }

    [Fact]
    public async Task Sweep_deletes_old_leftovers_and_nothing_else()
    {
        using var store = _blobs.Open();
        var written = await store.WriteAsync("a/object", new MemoryStream([1]), Token);
        var looked = (await store.FindAsync("a/object", Token))!;
        var frozen = (await store.FreezeAsync(looked, "frozen", Token))!;
        string[] leftovers = [store.Layout.Temporary("half"), store.Layout.Data("a/object", new string('0', 32)), store.Layout.Data("lost", new string('1', 32))];
        foreach (var path in leftovers)
        {
            await File.WriteAllTextAsync(path, "left", Token);
            File.SetLastWriteTimeUtc(path, (_blobs.Clock.GetUtcNow() - TimeSpan.FromHours(25)).UtcDateTime);
        }

        var young = store.Layout.Temporary("under-way");
        await File.WriteAllTextAsync(young, "an upload under way", Token);
        File.SetLastWriteTimeUtc(young, (_blobs.Clock.GetUtcNow() - TimeSpan.FromHours(23)).UtcDateTime);
        File.SetLastWriteTimeUtc(store.Layout.Data("a/object", written.Version), DateTime.Parse("2020-01-01T00:00:00Z", CultureInfo.InvariantCulture));

        Assert.Equal(3, _blobs.Sweep(store).Sweep(Token));

        Assert.Equal(
            ["objects/a/object@", $"objects/a/object@{written.Version}", "objects/frozen@", $"objects/frozen@{frozen.Version}", "uploads/under-way"],
            _blobs.Files());
        Assert.Equal(0, _blobs.Sweep(store).Sweep(Token));
    }

    public void Dispose() => _blobs.Dispose();

    private static async Task<byte[]> BytesAsync(Stream content)
    {
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    private static MemoryStream Closed()
    {
        var stream = new MemoryStream();
        stream.Dispose();
        return stream;
    }
}
