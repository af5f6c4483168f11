namespace Switchyard.AspNetCore.Blobs;

/// <summary>The event ids of this package; a number is never used again for something else.</summary>
internal static class EventIds
{
    public const int UploadRefused = 1;
    public const int StoreUnavailable = 2;
}
