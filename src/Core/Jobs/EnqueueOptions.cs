namespace Switchyard.Jobs;

/// <summary>Says when and how a job is to run, where that is not at once and as usual. Each stands for the member of <see cref="JobRequest"/> of that name.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Gets how long after the enqueue, by the store's clock, the job becomes due.</summary>
    /// <value>The default value is zero: due at once. Ignored where <see cref="At"/> is set.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets the instant before which the job isn't due.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Gets the priority; higher numbers are claimed first.</summary>
    /// <value>The default value is 0.</value>
    public int Priority { get; init; }

    /// <summary>Gets how many attempts may be started before the job is a dead letter.</summary>
    /// <value>The default value is 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Gets the time limit of one attempt.</summary>
    /// <value>The default value is <see langword="null"/>: the worker's own limit.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the key that at most one unfinished job of this kind may bear. At most 256 characters.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Gets how long after the enqueue the dedupe key stays taken, even when the job has ended by then.</summary>
    public TimeSpan? DedupeFor { get; init; }

    /// <summary>Gets the key that limits per key count by, such as <c>account:42</c>. At most 256 characters.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>Writes the options into a request.</summary>
    public JobRequest Apply(JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Delay = Delay, NotBefore = At, Priority = Priority, MaxAttempts = MaxAttempts, Timeout = Timeout,
            DedupeKey = DedupeKey, DedupeFor = DedupeFor, ConcurrencyKey = ConcurrencyKey,
        };
    }
}
