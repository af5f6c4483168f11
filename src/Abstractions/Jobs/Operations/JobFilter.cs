namespace Switchyard.Jobs.Operations;

/// <summary>Says which jobs are meant: those that meet every condition that is set. Without any, all are.</summary>
public sealed record JobFilter
{
    /// <summary>Gets the kinds, any of which will do.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Gets the states, any of which will do.</summary>
    public IReadOnlyList<JobState>? States { get; init; }

    /// <summary>Gets the dedupe key.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Gets the concurrency key.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>Gets the first job of the chain.</summary>
    public JobId? RootId { get; init; }

    /// <summary>Gets the kind of the last error: see <see cref="JobErrorTypes"/>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets the earliest time of the enqueue.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Gets the time that the enqueue must lie before.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Gets the earliest end.</summary>
    public DateTimeOffset? FinishedFrom { get; init; }

    /// <summary>Gets the time that the end must lie before.</summary>
    public DateTimeOffset? FinishedBefore { get; init; }
}
