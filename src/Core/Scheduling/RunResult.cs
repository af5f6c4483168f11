namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to run a schedule now: one of the nested records.</summary>
public abstract record RunResult
{
    private RunResult()
    {
    }

    /// <summary>Represents the executions that it brought about, stored with their work: one for each webhook.</summary>
    /// <param name="Executions">At least one. Where no webhook is enabled it is a single one that has failed, and says so.</param>
    public sealed record Stored(IReadOnlyList<Execution> Executions) : RunResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : RunResult;
}
