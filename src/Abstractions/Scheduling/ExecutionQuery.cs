namespace Switchyard.Scheduling;

/// <summary>Represents which executions to list.</summary>
public sealed record ExecutionQuery
{
    /// <summary>Gets the schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>Gets the status; <see langword="null"/> for any.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Gets the first <see cref="Execution.ScheduledAt"/>; <see langword="null"/> for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the last <see cref="Execution.ScheduledAt"/>; <see langword="null"/> for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets how many to pass over.</summary>
    public int Skip { get; init; }

    /// <summary>Gets how many to give at the most.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Represents one page of a list of executions.</summary>
/// <param name="Items">The executions of this page, newest first (then by id), without the bodies and headers of answers.</param>
/// <param name="Total">How many there are over all pages.</param>
public sealed record ExecutionPage(IReadOnlyList<Execution> Items, long Total);
