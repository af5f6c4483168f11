namespace Switchyard.Scheduling;

/// <summary>Numbers the log events of this package; numbers never change meaning.</summary>
internal static class EventIds
{
    public const int AttemptFailed = 1;
    public const int AttemptThrew = 2;
    public const int WebhookDisabled = 3;
    public const int DeadLetter = 4;
    public const int DeliveryLost = 5;
    public const int SecretsUnreadable = 6;
    public const int Replayed = 7;
    public const int Pruned = 8;
    public const int PruneNotEnqueued = 9;
}
