namespace Switchyard.Jobs;

/// <summary>Represents what became of a request to cancel a job.</summary>
public enum CancelOutcome
{
    /// <summary>There is no such job.</summary>
    NotFound = 0,

    /// <summary>The job was queued and is cancelled.</summary>
    Cancelled = 1,

    /// <summary>The job is running; its worker learns of the request at its next renewal.</summary>
    Requested = 2,

    /// <summary>The job had already ended; nothing changed.</summary>
    AlreadyEnded = 3,
}
