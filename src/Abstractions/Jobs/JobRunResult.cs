using System.Diagnostics.CodeAnalysis;

namespace Switchyard.Jobs;

/// <summary>Represents the outcome of one attempt, as its handler sees it.</summary>
public sealed class JobRunResult
{
    private JobRunResult(JobRunStatus status, string? error, IReadOnlyList<JobEffect> effects)
    {
        Status = status;
        Error = error;
        Effects = effects;
    }

    /// <summary>Gets how the attempt ended.</summary>
    public JobRunStatus Status { get; }

    /// <summary>Gets why the attempt failed.</summary>
    public string? Error { get; }

    /// <summary>Gets what is applied in the transaction that completes the job.</summary>
    public IReadOnlyList<JobEffect> Effects { get; }

    /// <summary>Gets what is kept with the job, a JSON text.</summary>
    public string? Output { get; private init; }

    /// <summary>Gets how long to wait before the retry, where the handler knows better than the policy.</summary>
    public TimeSpan? RetryDelay { get; private init; }

    /// <summary>Gets whether the attempt failed.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailure => Status != JobRunStatus.Succeeded;

    /// <summary>Ends the job as succeeded.</summary>
    /// <param name="effects">What is applied in the transaction that completes the job.</param>
    public static JobRunResult Succeeded(params JobEffect[] effects) => new(JobRunStatus.Succeeded, null, effects);

    /// <summary>Ends the job as failed: no retry would change the answer.</summary>
    /// <param name="error">Why, in words for whoever operates the host; no secrets.</param>
    /// <param name="effects">What is applied in the transaction that completes the job.</param>
    public static JobRunResult Failed(string error, params JobEffect[] effects)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new(JobRunStatus.Failed, error, effects);
    }

    /// <summary>Fails the attempt: another follows by the retry policy, or the job is a dead letter.</summary>
    /// <param name="error">Why, in words for whoever operates the host; no secrets.</param>
    /// <param name="effects">What is applied in the transaction that records the failed attempt.</param>
    public static JobRunResult Retry(string error, params JobEffect[] effects)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new(JobRunStatus.Retry, error, effects);
    }

    /// <summary>Fails the attempt, as <see cref="Retry(string, JobEffect[])"/> does, and sets the wait before the next one.</summary>
    public static JobRunResult RetryAfter(TimeSpan delay, string error, params JobEffect[] effects)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new(JobRunStatus.Retry, error, effects) { RetryDelay = delay };
    }

    /// <summary>Keeps a JSON text with the job.</summary>
    public JobRunResult WithOutput(string json) => new(Status, Error, Effects) { Output = json, RetryDelay = RetryDelay };
}

/// <summary>Represents how an attempt ended.</summary>
public enum JobRunStatus
{
    /// <summary>The work is done.</summary>
    Succeeded = 0,

    /// <summary>The work can't be done; no retry.</summary>
    Failed = 1,

    /// <summary>The attempt failed; another may help.</summary>
    Retry = 2,
}
