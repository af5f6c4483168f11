namespace Switchyard.Blobs;

/// <summary>Describes one version of a stored object.</summary>
/// <param name="Key">The key.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Version">An opaque mark that differs whenever the content may differ, such as an ETag.</param>
public sealed record BlobInfo(string Key, long Size, string Version);
