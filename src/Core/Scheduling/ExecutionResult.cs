namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to get or replay an execution: one of the nested records.</summary>
public abstract record ExecutionResult
{
    private ExecutionResult()
    {
    }

    /// <summary>Represents an execution: the one that was asked for, or the new one of a replay.</summary>
    /// <param name="Execution">The execution.</param>
    public sealed record Done(Execution Execution) : ExecutionResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ExecutionResult;
}
