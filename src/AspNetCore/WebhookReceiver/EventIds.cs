namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Numbers the log events of this package; a number is never used again for something else.</summary>
internal static class EventIds
{
    public const int DeliveryRefused = 1;
    public const int DeliveryFailed = 2;
    public const int ReceiptNotReleased = 3;
}
