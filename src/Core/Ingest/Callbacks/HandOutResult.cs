namespace Switchyard.Ingest.Callbacks;

/// <summary>Represents what became of a request for a waiting run: one of the nested records.</summary>
public abstract record HandOutResult
{
    private HandOutResult()
    {
    }

    /// <summary>Represents a run that was handed out.</summary>
    /// <param name="RunUid">The run.</param>
    /// <param name="InitToken">The token of the first call, good once and for 5 minutes.</param>
    /// <param name="InitJobUrl">Where the first call goes.</param>
    /// <param name="TimeLimit">What is left of the run's time limit.</param>
    public sealed record HandedOut(Guid RunUid, string InitToken, Uri InitJobUrl, TimeSpan TimeLimit) : HandOutResult;

    /// <summary>Represents that no run waits.</summary>
    public sealed record NothingWaits : HandOutResult;

    /// <summary>Represents a call that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : HandOutResult;
}
