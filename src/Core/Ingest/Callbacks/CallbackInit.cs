namespace Switchyard.Ingest.Callbacks;

/// <summary>Represents what became of an executor's first call: one of the nested records.</summary>
public abstract record CallbackInit
{
    private CallbackInit()
    {
    }

    /// <summary>Represents a run that has begun.</summary>
    /// <param name="Token">The access token, good for 24 hours or until a later attempt begins.</param>
    /// <param name="JobUrl">Where to get the job.</param>
    public sealed record Begun(string Token, Uri JobUrl) : CallbackInit;

    /// <summary>Represents a call that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : CallbackInit;
}
