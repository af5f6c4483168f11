namespace Switchyard.Outbound;

/// <summary>Numbers the log events of this package; a number is never used again for something else.</summary>
internal static class EventIds
{
    public const int DestinationRefused = 1;
}
