namespace Switchyard.Ingest.Callbacks;

/// <summary>Represents what became of a request for a run's job: one of the nested records.</summary>
public abstract record CallbackJobResult
{
    private CallbackJobResult()
    {
    }

    /// <summary>Represents the job.</summary>
    /// <param name="Job">What the executor needs to know.</param>
    public sealed record Found(CallbackJob Job) : CallbackJobResult;

    /// <summary>Represents a call that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : CallbackJobResult;
}
