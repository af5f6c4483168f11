namespace Switchyard.Scheduling;

/// <summary>Represents what became of the instants that a schedule was expected to run at.</summary>
public sealed record ScheduleExplanation
{
    /// <summary>Gets the schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>Gets the first instant that was asked for.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the last instant that was asked for.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Gets the store's clock when it was asked.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets the instants, in order.</summary>
    public required IReadOnlyList<ExplainedInstant> Instants { get; init; }

    /// <summary>Gets the last instant that is explained, where there were more than fit; <see langword="null"/> where all are there.</summary>
    public DateTimeOffset? CutAfter { get; init; }
}
