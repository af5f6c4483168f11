namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to explain what a schedule did: one of the nested records.</summary>
public abstract record ExplainResult
{
    private ExplainResult()
    {
    }

    /// <summary>Represents the explanation.</summary>
    /// <param name="Explanation">What became of each expected instant.</param>
    public sealed record Explained(ScheduleExplanation Explanation) : ExplainResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ExplainResult;
}
