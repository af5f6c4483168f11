namespace Switchyard.Scheduling;

/// <summary>Represents what became of a request to list schedules: one of the nested records.</summary>
public abstract record ScheduleListResult
{
    private ScheduleListResult()
    {
    }

    /// <summary>Represents a list.</summary>
    /// <param name="Page">The page that was asked for, oldest first; next runs as in <see cref="ScheduleResult.Done"/>.</param>
    public sealed record Listed(SchedulePage Page) : ScheduleListResult;

    /// <summary>Represents a request that was refused.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(SchedulingRefusal Refusal) : ScheduleListResult;
}
