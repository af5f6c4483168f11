using Switchyard.Blobs;
using Xunit;

namespace Switchyard.Conformance.Blobs;

public abstract partial class BlobStoreConformance
{
    /// <summary>Refuses a malformed key in every method, as an <see cref="ArgumentException"/>.</summary>
    [Theory]
    [MemberData(nameof(MalformedKeys))]
    public async Task Key_outside_the_grammar_is_refused_by_every_method(string key)
    {
        var good = await WriteAsync("good", Bytes(1));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CreateUploadUrlAsync(key, new UploadGrant(TimeSpan.FromHours(1), 1), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CreateDownloadUrlAsync(key, TimeSpan.FromHours(1), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.FindAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenReadAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => WriteAsync(key, Bytes(1)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync(key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.FreezeAsync(good, key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.FreezeAsync(good with { Key = key }, "frozen", Token));
        Assert.Equal(["good"], await KeysAsync(""));
    }

    /// <summary>Holds any key of the grammar.</summary>
    [Theory]
    [MemberData(nameof(AwkwardKeys))]
    public async Task Any_key_of_the_grammar_is_written_found_listed_and_deleted(string key)
    {
        var bytes = Bytes(10);

        var written = await WriteAsync(key, bytes);

        Assert.Equal(written, await Store.FindAsync(key, Token));
        Assert.Equal(bytes, await ReadAsync(key));
        Assert.Equal([key], await KeysAsync(key));
        await Store.DeleteAsync(key, Token);
        Assert.Null(await Store.FindAsync(key, Token));
        Assert.Empty(await KeysAsync(""));
    }

    /// <summary>Keeps keys apart that differ in case, in a slash or in a final dot, and lists them in ordinal order.</summary>
    [Fact]
    public async Task Objects_of_similar_keys_are_kept_apart_and_listed_in_ordinal_order()
    {
        var long200 = new string('l', 200);
        string[] keys = ["a", "A", "a/b", "a/B", "a/b/c", "a-b", "a.", "a.b", "a0", "B", "con", "con/x", long200, long200 + "/x", long200 + "-", long200 + "a"];
        foreach (var key in keys)
        {
            await WriteAsync(key, System.Text.Encoding.ASCII.GetBytes(key));
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(""));
        foreach (var key in keys)
        {
            Assert.Equal(key, System.Text.Encoding.ASCII.GetString((await ReadAsync(key))!));
        }
    }

    /// <summary>Gives null, or does nothing, where there is no object.</summary>
    [Fact]
    public async Task Absent_object_is_null_and_no_error()
    {
        Assert.Null(await Store.FindAsync("absent/x", Token));
        Assert.Null(await Store.OpenReadAsync("absent/x", Token));
        Assert.Null(await Store.FreezeAsync(new BlobInfo("absent/x", 1, "v"), "frozen", Token));
        await Store.DeleteAsync("absent/x", Token);
        Assert.Empty(await KeysAsync(""));
    }

    /// <summary>Tells size and version of what was written, and gives it back whole.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(3_000_001)]
    public async Task Written_object_is_read_back_whole(int size)
    {
        var bytes = Bytes(size);

        var written = await WriteAsync("a/object", bytes);

        Assert.Equal(new BlobInfo("a/object", size, written.Version), written);
        Assert.NotEmpty(written.Version);
        Assert.Equal(written, await Store.FindAsync("a/object", Token));
        Assert.Equal(bytes, await ReadAsync("a/object"));
    }

    /// <summary>Replaces what is there, under another version, however quick the writes and whatever their length.</summary>
    [Fact]
    public async Task Quick_overwrite_of_the_same_size_changes_the_version()
    {
        var versions = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var bytes = Bytes(8);
            versions.Add((await WriteAsync("object", bytes)).Version);
            Assert.Equal(bytes, await ReadAsync("object"));
        }

        Assert.Equal(20, versions.Count);
        Assert.Equal(["object"], await KeysAsync(""));
    }

    /// <summary>Leaves nothing, and what was there before, when the content fails half-way.</summary>
    [Fact]
    public async Task Write_whose_content_fails_changes_nothing()
    {
        var kept = await WriteAsync("kept", Bytes(100));

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync("kept", new FailingStream(500_000), Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync("fresh", new FailingStream(0), Token));

        Assert.Equal(FailingStream.Message, failure.Message);
        Assert.Equal(kept, await Store.FindAsync("kept", Token));
        Assert.Equal(["kept"], await KeysAsync(""));
    }

    /// <summary>Leaves nothing when a write is given up.</summary>
    [Fact]
    public async Task Write_that_is_given_up_leaves_nothing()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.WriteAsync("object", new CancellingStream(300_000, source), source.Token));

        Assert.Empty(await KeysAsync(""));
    }
}
