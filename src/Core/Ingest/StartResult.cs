namespace Switchyard.Ingest;

/// <summary>Represents what became of a request to start a job: one of the nested records.</summary>
public abstract record StartResult
{
    private StartResult()
    {
    }

    /// <summary>Represents a start that was accepted: run and kernel jobs are committed.</summary>
    /// <param name="RunUid">The run.</param>
    public sealed record Started(Guid RunUid) : StartResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : StartResult;
}
