namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Numbers the log events of this package; the numbers and names never change.</summary>
internal static class EventIds
{
    public const int DatabaseFailed = 1;
    public const int HealthChanged = 2;
    public const int HealthDatabaseFailed = 3;
}
