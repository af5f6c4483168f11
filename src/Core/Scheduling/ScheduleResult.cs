namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to make, get or change a schedule: one of the nested records.</summary>
public abstract record ScheduleResult
{
    private ScheduleResult()
    {
    }

    /// <summary>Represents the schedule as it stands now.</summary>
    /// <param name="Schedule">The schedule. Of a disabled one <c>Recurrence.NextAt</c> says when it would run next, were it enabled now.</param>
    public sealed record Done(Schedule Schedule) : ScheduleResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ScheduleResult;
}
