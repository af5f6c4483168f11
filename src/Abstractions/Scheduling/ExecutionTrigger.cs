namespace Switchyard.Scheduling;

/// <summary>Represents what brought an execution about. Numbers are stored: they never change meaning.</summary>
public enum ExecutionTrigger
{
    /// <summary>An occurrence of the schedule.</summary>
    Schedule = 0,

    /// <summary>Somebody ran the schedule by hand.</summary>
    Manual = 1,

    /// <summary>Somebody replayed an execution.</summary>
    Replay = 2,
}
