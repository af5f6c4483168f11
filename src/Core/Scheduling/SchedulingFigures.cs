namespace Switchyard.Scheduling;

/// <summary>Represents the figures of <c>/metrics</c> (seed 4) for the accounts of one caller.</summary>
public sealed record SchedulingFigures
{
    /// <summary>Gets when they were counted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what was counted.</summary>
    public required SchedulingCounts Counts { get; init; }

    /// <summary>Gets how many schedules there are.</summary>
    public long Jobs => Counts.Enabled + Counts.Disabled;

    /// <summary>Gets how many executions there are of any status.</summary>
    public long Executions => Counts.Executions.Values.Sum();

    /// <summary>Gets how many of 100 ended executions succeeded, rounded to 2 digits; 0 where none has ended. Timed-out ones count as ended.</summary>
    public double SuccessRate
    {
        get
        {
            var succeeded = Of(ExecutionStatus.Success);
            var ended = succeeded + Of(ExecutionStatus.Failure) + Of(ExecutionStatus.TimedOut) + Of(ExecutionStatus.DeadLetter);
            return ended == 0 ? 0 : Math.Round(100.0 * succeeded / ended, 2, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>Gets the mean duration of successful executions in milliseconds, rounded to 2 digits; <see langword="null"/> where there are none.</summary>
    public double? AverageDuration =>
        Counts.AverageDuration is { } mean ? Math.Round(mean, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>Gets how many executions there are of a status.</summary>
    public long Of(ExecutionStatus status) => Counts.Executions.TryGetValue(status, out var count) ? count : 0;
}
