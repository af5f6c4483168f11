namespace Switchyard.Ingest;

/// <summary>Represents what became of a request to list jobs: one of the nested records.</summary>
public abstract record ListResult
{
    private ListResult()
    {
    }

    /// <summary>Represents a list.</summary>
    /// <param name="Page">The page that was asked for, newest first.</param>
    public sealed record Listed(IngestJobPage Page) : ListResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(IngestRefusal Refusal) : ListResult;
}
