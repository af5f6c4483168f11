namespace Switchyard.Jobs;

/// <summary>Represents work to enqueue. As a <see cref="JobEffect"/> it is a continuation of the job that returns it.</summary>
public sealed record JobRequest : JobEffect
{
    /// <summary>Gets the id, made by the caller so that a repeated enqueue is recognised.</summary>
    public required JobId Id { get; init; }

    /// <summary>Gets the kind, which names the handler. At most 128 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the payload, a JSON text. It may not hold secrets: it is stored as it is.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets the priority; higher numbers are claimed first.</summary>
    /// <value>The default value is 0.</value>
    public int Priority { get; init; }

    /// <summary>Gets how long after the enqueue, by the store's clock, the job becomes due.</summary>
    /// <value>The default value is zero: due at once. Ignored where <see cref="NotBefore"/> is set.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets the instant before which the job isn't due.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets how many attempts may be started before the job is a dead letter.</summary>
    /// <value>The default value is 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Gets the time limit of one attempt.</summary>
    /// <value>The default value is <see langword="null"/>: the worker's own limit.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the key that at most one unfinished job of this kind may bear. At most 256 characters.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>Gets how long after the enqueue, by the store's clock, the dedupe key stays taken, even when the job has ended by then.</summary>
    /// <value>The default value is <see langword="null"/>: until the job ends. An unfinished job always keeps its key.</value>
    public TimeSpan? DedupeFor { get; init; }

    /// <summary>Gets the key that <see cref="Operations.JobKindLimits.MaxRunningPerKey"/> counts by, such as <c>account:42</c>. At most 256 characters.</summary>
    public string? ConcurrencyKey { get; init; }

    /// <summary>Gets the first job of the chain that this one belongs to.</summary>
    /// <value>The default value is <see langword="null"/>: the job is the root of a chain of its own, or, as an effect, continues its job's chain.</value>
    public JobId? RootId { get; init; }

    /// <summary>Gets the job that this one continues or replays.</summary>
    /// <value>The default value is <see langword="null"/>: none, or, as an effect, the job that returns it.</value>
    public JobId? ParentId { get; init; }

    /// <summary>Gets the W3C <c>traceparent</c> of whoever enqueues.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Gets what is enqueued, in the same transaction, when the job ends in any way but success.</summary>
    /// <remarks>Also when nobody is left to say so: a lost last attempt ends the job, and this is how its owner learns of it.</remarks>
    public JobFollowUp? OnFailure { get; init; }
}
