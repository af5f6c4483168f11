using Switchyard.Jobs;

namespace Switchyard.Scheduling;

/// <summary>Represents which firings to replay.</summary>
public sealed record ReplayRequest
{
    /// <summary>Gets one execution whose firing to replay; <see langword="null"/> where <see cref="Filter"/> says which.</summary>
    public Guid? ExecutionId { get; init; }

    /// <summary>Gets which ones: those whose last attempt matches; skip and limit are not used.</summary>
    public ExecutionQuery? Filter { get; init; }

    /// <summary>Gets how many to replay at the most, the oldest first.</summary>
    /// <value>The default value is 1.</value>
    public int Limit { get; init; } = 1;

    /// <summary>Gets how long after one another they are due.</summary>
    /// <value>The default value is zero: all at once.</value>
    public TimeSpan Stagger { get; init; }

    /// <summary>Gets who asks, for the audit row that is stored along. At most 256 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the kernel's job of a replayed firing, from its new execution. Pure.</summary>
    public required Func<Execution, JobRequest> Job { get; init; }
}

/// <summary>Represents what a replay came to.</summary>
/// <param name="Status">Whether it was done.</param>
/// <param name="Executions">The new executions, in the order in which they are due.</param>
/// <param name="Matched">How many firings matched, replayed or not; counted to 100,000 at the most.</param>
public sealed record ReplayResult(ReplayStatus Status, IReadOnlyList<Execution> Executions, long Matched);

/// <summary>Represents whether a replay was done.</summary>
public enum ReplayStatus
{
    /// <summary>It was done; by a filter that nothing matches too.</summary>
    Replayed = 0,

    /// <summary>There is no such execution, or its schedule or webhook is gone.</summary>
    NotFound = 1,

    /// <summary>An attempt of the firing is unfinished.</summary>
    Unfinished = 2,

    /// <summary>The firing has succeeded.</summary>
    Succeeded = 3,
}
