namespace Switchyard.Jobs;

/// <summary>Represents where a job stands. Numbers are stored: they never change meaning.</summary>
/// <remarks><see cref="Queued"/> and <see cref="Running"/> are unfinished; the others are ends, and an end never changes.</remarks>
public enum JobState
{
    /// <summary>Waits for its time and for a worker.</summary>
    Queued = 0,

    /// <summary>Claimed by a worker that holds a live lease.</summary>
    Running = 1,

    /// <summary>Ended well.</summary>
    Succeeded = 2,

    /// <summary>Ended by an answer that no retry would change.</summary>
    Failed = 3,

    /// <summary>Ended because its attempts were exhausted.</summary>
    DeadLetter = 4,

    /// <summary>Ended on request.</summary>
    Cancelled = 5,
}
