namespace Switchyard.Blobs;

/// <summary>Represents what a signed upload URL allows.</summary>
/// <param name="Lifetime">How long the URL is good for.</param>
/// <param name="MaxBytes">The largest upload; a store that can't refuse a larger one leaves the check to whoever reads it.</param>
public sealed record UploadGrant(TimeSpan Lifetime, long MaxBytes);
