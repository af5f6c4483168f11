namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to list executions: one of the nested records.</summary>
public abstract record ExecutionListResult
{
    private ExecutionListResult()
    {
    }

    /// <summary>Represents a list.</summary>
    /// <param name="Page">The page that was asked for, newest first, without bodies and headers of answers.</param>
    public sealed record Listed(ExecutionPage Page) : ExecutionListResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ExecutionListResult;
}
