namespace Switchyard.Scheduling;

/// <summary>Represents where an execution stands (seed 4, contract 5). Numbers are stored: they never change meaning.</summary>
public enum ExecutionStatus
{
    /// <summary>It waits for its time or for a worker.</summary>
    Queued = 0,

    /// <summary>Its request is under way.</summary>
    Running = 1,

    /// <summary>The receiver answered with 2xx.</summary>
    Success = 2,

    /// <summary>It failed; if another attempt follows, that is an execution of its own.</summary>
    Failure = 3,

    /// <summary>The receiver took longer than the webhook's time limit.</summary>
    TimedOut = 4,

    /// <summary>It was the last attempt, and failed.</summary>
    DeadLetter = 5,
}
