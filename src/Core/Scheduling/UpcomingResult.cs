namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to tell the next runs: one of the nested records.</summary>
public abstract record UpcomingResult
{
    private UpcomingResult()
    {
    }

    /// <summary>Represents what an expression means.</summary>
    /// <param name="Runs">The sentence and the runs.</param>
    public sealed record Told(UpcomingRuns Runs) : UpcomingResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : UpcomingResult;
}
