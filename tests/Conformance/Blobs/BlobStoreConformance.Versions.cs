using Switchyard.Blobs;
using Xunit;

namespace Switchyard.Conformance.Blobs;

public abstract partial class BlobStoreConformance
{
    private const int Rounds = 40;

    /// <summary>Goes on reading the version that was opened, though it is replaced or deleted.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_stream_goes_on_reading_its_version(bool replace)
    {
        var bytes = Bytes(4_000_000);
        await WriteAsync("object", bytes);
        await using var stream = (await Store.OpenReadAsync("object", Token))!;
        var first = new byte[1000];
        await stream.ReadExactlyAsync(first, Token);

        await (replace ? WriteAsync("object", Bytes(4_000_000)) : Store.DeleteAsync("object", Token));

        Assert.Equal(bytes, first.Concat(await DrainAsync(stream)));
    }

    /// <summary>Shows a reader one whole write or another, never a mixture and never nothing.</summary>
    [Fact]
    public async Task Reader_sees_whole_writes_only()
    {
        await WriteAsync("object", Uniform(0));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writer = Task.Run(async () =>
        {
            for (byte i = 1; !stop.IsCancellationRequested; i++)
            {
                await WriteAsync("object", Uniform(i));
            }
        }, Token);

        for (var i = 0; i < Rounds; i++)
        {
            var seen = await ReadAsync("object");
            Assert.NotNull(seen);
            Assert.Equal(Uniform(seen[0]), seen);
        }

        await stop.CancelAsync();
        await writer;
    }

    /// <summary>Copies the very version that was looked at; what becomes of the source afterwards doesn't touch the copy.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frozen_copy_keeps_what_was_looked_at(bool replace)
    {
        var bytes = Bytes(100_000);
        await WriteAsync("in/object", bytes);
        var looked = (await Store.FindAsync("in/object", Token))!;

        var frozen = await Store.FreezeAsync(looked, "frozen/object", Token);
        await (replace ? WriteAsync("in/object", Bytes(100_000)) : Store.DeleteAsync("in/object", Token));

        Assert.NotNull(frozen);
        Assert.Equal(new BlobInfo("frozen/object", 100_000, frozen.Version), frozen);
        Assert.Equal(frozen, await Store.FindAsync("frozen/object", Token));
        Assert.Equal(bytes, await ReadAsync("frozen/object"));
    }

    /// <summary>Doesn't copy what was replaced or deleted after it was looked at.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Source_that_has_changed_or_gone_is_not_frozen(bool replace)
    {
        var looked = await WriteAsync("in/object", Bytes(10));

        await (replace ? WriteAsync("in/object", Bytes(10)) : Store.DeleteAsync("in/object", Token));

        Assert.Null(await Store.FreezeAsync(looked, "frozen/object", Token));
        Assert.Empty(await KeysAsync("frozen/"));
    }

    /// <summary>Freezes again, and over what was frozen before: a repeated start finds the way clear.</summary>
    [Fact]
    public async Task Freezing_again_replaces_the_copy()
    {
        var bytes = Bytes(10);
        var looked = await WriteAsync("in/object", bytes);

        await Store.FreezeAsync(looked, "frozen/object", Token);
        var again = await Store.FreezeAsync(looked, "frozen/object", Token);

        Assert.Equal(again, await Store.FindAsync("frozen/object", Token));
        Assert.Equal(bytes, await ReadAsync("frozen/object"));
        Assert.Equal(["frozen/object", "in/object"], await KeysAsync(""));
    }

    /// <summary>Freezes what was looked at, or nothing, while uploads race with it.</summary>
    [Fact]
    public async Task Freeze_that_races_with_writes_copies_what_was_looked_at_or_nothing()
    {
        await WriteAsync("in/object", Uniform(0));
        for (var i = 0; i < Rounds; i++)
        {
            var looked = (await Store.FindAsync("in/object", Token))!;
            var content = await ReadAsync("in/object");

            var write = WriteAsync("in/object", Uniform((byte)(i + 1)));
            var frozen = await Store.FreezeAsync(looked, $"frozen/{i}", Token);
            await write;

            Assert.Equal(frozen is null ? null : content, await ReadAsync($"frozen/{i}"));
        }
    }

    /// <summary>Leaves one whole object when many write at once.</summary>
    [Fact]
    public async Task Of_many_writers_at_once_one_wins_whole()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => WriteAsync("object", Uniform((byte)i)), Token)));

        var found = (await Store.FindAsync("object", Token))!;
        var bytes = (await ReadAsync("object"))!;

        Assert.Contains(found, written);
        Assert.Equal(Uniform(bytes[0]), bytes);
        Assert.Equal(written[bytes[0]], found);
    }

    /// <summary>Lists what begins with a prefix, whole segments or not, in pages where there are many.</summary>
    [Fact]
    public async Task Listing_gives_every_object_below_a_prefix_in_order()
    {
        var numbered = Enumerable.Range(0, 30).Select(i => $"jobs/one/{i:D3}").ToArray();
        foreach (var key in numbered.Append("jobs/onerous").Append("jobs/two/x").Append("other"))
        {
            await WriteAsync(key, Bytes(3));
        }

        Assert.Equal(numbered, await KeysAsync("jobs/one/"));
        Assert.Equal(numbered.Append("jobs/onerous"), await KeysAsync("jobs/one"));
        Assert.Equal(numbered.Take(10), await KeysAsync("jobs/one/00"));
        Assert.Equal(["other"], await KeysAsync("o"));
        Assert.Equal(33, (await KeysAsync("")).Count);
        Assert.Empty(await KeysAsync("nothing"));
        Assert.Empty(await KeysAsync("../"));
        Assert.Empty(await KeysAsync("jobs//"));
        await foreach (var blob in Store.ListAsync("jobs/two/", Token))
        {
            Assert.Equal(await Store.FindAsync("jobs/two/x", Token), blob);
        }
    }

    /// <summary>Says that it is out of reach, and never that an object isn't there.</summary>
    [Fact]
    public async Task Store_out_of_reach_is_told_from_an_absent_object()
    {
        var looked = await WriteAsync("object", Bytes(10));

        await BreakAsync();

        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => Store.FindAsync("object", Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => Store.FindAsync("absent", Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => Store.OpenReadAsync("object", Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => WriteAsync("object", Bytes(10)));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => Store.DeleteAsync("object", Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => Store.FreezeAsync(looked, "frozen", Token));
        await Assert.ThrowsAsync<BlobStoreUnavailableException>(() => KeysAsync(""));
    }

    private static byte[] Uniform(byte value)
    {
        var bytes = new byte[300_000];
        Array.Fill(bytes, value);
        return bytes;
    }
}
