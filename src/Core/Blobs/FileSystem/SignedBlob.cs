namespace Switchyard.Blobs.FileSystem;

/// <summary>Represents what a valid signed URL allows.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="MaxBytes">The largest upload; 0 for a download.</param>
public sealed record SignedBlob(string Key, long MaxBytes);
