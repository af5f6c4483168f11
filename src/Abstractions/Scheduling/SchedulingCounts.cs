namespace Switchyard.Scheduling;

/// <summary>Represents the figures of <c>/metrics</c> (seed 4).</summary>
public sealed record SchedulingCounts
{
    /// <summary>Gets how many schedules are enabled.</summary>
    public required long Enabled { get; init; }

    /// <summary>Gets how many schedules are disabled.</summary>
    public required long Disabled { get; init; }

    /// <summary>Gets how many executions there are of each status; one that is absent has none.</summary>
    public required IReadOnlyDictionary<ExecutionStatus, long> Executions { get; init; }

    /// <summary>Gets the mean duration of successful executions, in milliseconds; <see langword="null"/> where there are none.</summary>
    public double? AverageDuration { get; init; }
}
