namespace Switchyard.Ingest;

/// <summary>Numbers the log events of this package; numbers never change meaning.</summary>
internal static class EventIds
{
    public const int StaleBundlesServed = 1;
    public const int BundlesUnavailable = 2;
    public const int PartnersApplied = 3;
    public const int OrphanCopyLeft = 4;
    public const int AttemptFailed = 5;
    public const int AttemptThrew = 6;
    public const int ProgressNotReported = 7;
    public const int LogNotKept = 8;
    public const int CommandStarted = 9;
    public const int CommandExited = 10;
    public const int SubmissionMisconfigured = 11;
}
