using System.Security.Cryptography;
using Switchyard.Blobs;
using Xunit;

namespace Switchyard.Conformance.Blobs;

/// <summary>Checks what the docs of <see cref="IBlobStore"/> oblige an adapter to; signed URLs are checked by <see cref="BlobUrlConformance"/>.</summary>
public abstract partial class BlobStoreConformance : IAsyncLifetime
{
    private IBlobStore? _store;

    /// <summary>Gets the store of this test.</summary>
    protected IBlobStore Store => _store ?? throw new InvalidOperationException("The store is there once InitializeAsync has run.");

    /// <summary>Gets the token that ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gives keys that are refused, with what is wrong with them.</summary>
    public static TheoryData<string> MalformedKeys { get; } =
    [
        "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a b", "a\\b", "a:b", "a%2fb", "ü", "a\0b", "a\n", "a@b", "a+b", "a^b",
        new string('a', 1025),
    ];

    /// <summary>Gives keys that a careless layout mixes up or can't hold.</summary>
    public static TheoryData<string> AwkwardKeys { get; } =
    [
        "a", "A", "-", "_", "...", ".hidden", "a.", "con", "CON.txt", "nul/aux", "a.b.c", "-rf", "jobs/acme/t/0191f7c8/input/1",
        new string('x', 255), new string('Y', 1024), string.Join('/', Enumerable.Repeat("z", 512)) + "z",
    ];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract Task<IBlobStore> CreateAsync();

    /// <summary>Puts the store of this test out of reach.</summary>
    protected abstract Task BreakAsync();

    /// <summary>Releases what <see cref="CreateAsync"/> took.</summary>
    protected virtual Task ReleaseAsync() => Task.CompletedTask;

    /// <summary>Makes bytes that no two calls share.</summary>
    protected static byte[] Bytes(int count) => RandomNumberGenerator.GetBytes(count);

    /// <summary>Writes bytes.</summary>
    protected Task<BlobInfo> WriteAsync(string key, byte[] bytes) => Store.WriteAsync(key, new MemoryStream(bytes), Token);

    /// <summary>Reads a whole object, or <see langword="null"/> where there is none.</summary>
    protected async Task<byte[]?> ReadAsync(string key)
    {
        await using var stream = await Store.OpenReadAsync(key, Token);
        return stream is null ? null : await DrainAsync(stream);
    }

    /// <summary>Lists the keys below a prefix.</summary>
    protected async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var blob in Store.ListAsync(prefix, Token))
        {
            keys.Add(blob.Key);
        }

        return keys;
    }

    private static async Task<byte[]> DrainAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
