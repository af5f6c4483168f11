namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to replay many executions: one of the nested records.</summary>
public abstract record ReplayManyResult
{
    private ReplayManyResult()
    {
    }

    /// <summary>Represents that they are queued.</summary>
    /// <param name="Executions">The new executions, in the order in which they are due.</param>
    /// <param name="Matched">How many firings matched; more than there are executions means that the rest awaits another call.</param>
    public sealed record Replayed(IReadOnlyList<Execution> Executions, long Matched) : ReplayManyResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ReplayManyResult;
}
