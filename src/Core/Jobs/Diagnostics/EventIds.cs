namespace Switchyard.Jobs.Diagnostics;

/// <summary>Numbers the package's log events; a number never changes its meaning.</summary>
internal static class EventIds
{
    public const int WorkerStarted = 1;
    public const int WorkerIdle = 2;
    public const int WorkerStopping = 3;
    public const int WorkerStopped = 4;
    public const int ClaimFailed = 10;
    public const int SuspectClaimed = 11;
    public const int LimitsFailed = 12;
    public const int RenewFailed = 20;
    public const int LeaseLost = 21;
    public const int CancelRequested = 22;
    public const int AttemptFailed = 30;
    public const int AttemptInterrupted = 31;
    public const int WriteFailed = 40;
    public const int ResultDiscarded = 41;
    public const int EffectRefused = 42;
    public const int OutcomeUnwritable = 43;
    public const int OutcomesLeft = 44;
    public const int JournalFailed = 45;
    public const int HandlerIgnoresStop = 50;
    public const int HeartbeatFailed = 60;
    public const int MaintenanceFailed = 61;
    public const int Pruned = 62;
    public const int TickFailed = 70;
    public const int TickRecovered = 71;
    public const int RecurrencePutOff = 72;
    public const int RecurringRegistered = 73;
    public const int RegistrationFailed = 74;
    public const int LedgerPruneFailed = 75;
}
