namespace Switchyard.Blobs.FileSystem;

/// <summary>The event ids of this package; a number is never used again for something else.</summary>
internal static class EventIds
{
    public const int LeftoversSwept = 1;
    public const int SweepFailed = 2;
    public const int OldVersionKept = 3;
}
