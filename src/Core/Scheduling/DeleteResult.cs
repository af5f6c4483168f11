namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to remove a schedule or a webhook: one of the nested records.</summary>
public abstract record DeleteResult
{
    private DeleteResult()
    {
    }

    /// <summary>Represents that it is gone.</summary>
    public sealed record Deleted : DeleteResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : DeleteResult;
}
