namespace Switchyard.Jobs;

/// <summary>Represents the outcome of one attempt, to be written under the fence of its lease.</summary>
public sealed record JobCompletion
{
    /// <summary>Gets the lease under which the attempt ran.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>Gets the state that the job goes to: an end, or <see cref="JobState.Queued"/> for a retry.</summary>
    public required JobState State { get; init; }

    /// <summary>Gets, for a retry, how long after the completion (by the store's clock) the job is due again.</summary>
    public TimeSpan RetryDelay { get; init; }

    /// <summary>Gets the handler's result, a JSON text.</summary>
    public string? Result { get; init; }

    /// <summary>Gets why the attempt failed. At most 8,192 characters; stores cut what is longer.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what kind of error that was: see <see cref="JobErrorTypes"/>. At most 256 characters; stores cut what is longer.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets what is applied in the same transaction, in order, if and only if the lease is still held.</summary>
    public IReadOnlyList<JobEffect> Effects { get; init; } = [];
}
