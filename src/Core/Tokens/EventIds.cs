namespace Switchyard.Tokens;

/// <summary>Numbers the log events of this package.</summary>
internal static class EventIds
{
    public const int TokenRefused = 1;
    public const int KeysChanged = 2;
    public const int KeyFetchFailed = 3;
    public const int FirstKeyFetchFailed = 4;
}
