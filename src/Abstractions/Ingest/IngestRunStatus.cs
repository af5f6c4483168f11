namespace Switchyard.Ingest;

/// <summary>Represents where a run stands. Numbers are stored: they never change meaning.</summary>
public enum IngestRunStatus
{
    /// <summary>Accepted; no executor has begun.</summary>
    New = 0,

    /// <summary>An executor is at work.</summary>
    Running = 1,

    /// <summary>Ended well; single records may have failed.</summary>
    Success = 2,

    /// <summary>Ended by an error.</summary>
    Error = 3,
}
