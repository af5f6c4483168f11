namespace Switchyard.Storage.EfCore;

/// <summary>Numbers the log events of this package; a number never changes its meaning.</summary>
internal static class EventIds
{
    public const int Listening = 1;
    public const int Disconnected = 2;
    public const int WeakDatabase = 3;
    public const int CheckFailed = 4;
    public const int Migrated = 5;
    public const int NodesNotNotified = 6;
}
