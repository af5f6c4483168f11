namespace Switchyard.Blobs;

/// <summary>Stores blobs and hands out URLs by which others upload and download them without credentials of ours.</summary>
/// <remarks>
/// <para>
/// A key is 1 to 1,024 characters of segments <c>[A-Za-z0-9_.-]+</c> joined by <c>/</c>, none of them <c>.</c> or <c>..</c>;
/// any other is an <see cref="ArgumentException"/>. A user's text is never part of a key.
/// </para>
/// <para>
/// A write becomes visible as a whole or not at all, and is durable when its method (or the upload's response) returns.
/// A store that can't be reached throws <see cref="BlobStoreUnavailableException"/>; an object that isn't there never does.
/// </para>
/// </remarks>
public interface IBlobStore
{
    /// <summary>Signs a URL that accepts one HTTP PUT of any content type until it expires; a later PUT replaces an earlier one.</summary>
    Task<Uri> CreateUploadUrlAsync(string key, UploadGrant grant, CancellationToken cancellationToken);

    /// <summary>Signs a URL that answers HTTP GET with the object until it expires.</summary>
    Task<Uri> CreateDownloadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Gets an object's size and version, or <see langword="null"/> where there is none.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Copies an object if it still is the version that was looked at, so that what was checked is what is kept.</summary>
    /// <param name="source">The object as <see cref="FindAsync"/> gave it.</param>
    /// <param name="frozenKey">Where the copy goes: a key that no URL was ever signed for.</param>
    /// <param name="cancellationToken">Gives up; the copy may or may not exist then.</param>
    /// <returns>The copy, or <see langword="null"/> where the source has changed or gone.</returns>
    Task<BlobInfo?> FreezeAsync(BlobInfo source, string frozenKey, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from its start, or gives <see langword="null"/> where there is none.</summary>
    /// <remarks>The stream goes on reading the version that it was opened on.</remarks>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes an object, replacing what is there.</summary>
    Task<BlobInfo> WriteAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Lists the objects whose key begins with a prefix, ordered by key.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that isn't there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
