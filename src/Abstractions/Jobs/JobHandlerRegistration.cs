namespace Switchyard.Jobs;

/// <summary>Represents that a kind of job is done by a handler: what the kernel looks for among the services.</summary>
/// <remarks>
/// Registered as a singleton, one for each kind. Features of the suite add theirs in this way without knowing the kernel;
/// users call <c>AddJobs().AddHandler&lt;THandler, TPayload&gt;("kind")</c>. The handler itself is registered as scoped.
/// </remarks>
public sealed class JobHandlerRegistration
{
    private JobHandlerRegistration(string kind, Type payloadType, Type handlerType)
    {
        Kind = kind;
        PayloadType = payloadType;
        HandlerType = handlerType;
    }

    /// <summary>Gets the kind, at most 128 characters.</summary>
    public string Kind { get; }

    /// <summary>Gets what the payload's JSON is read as.</summary>
    public Type PayloadType { get; }

    /// <summary>Gets the handler, an <see cref="IJobHandler{TPayload}"/> of <see cref="PayloadType"/>.</summary>
    public Type HandlerType { get; }

    /// <summary>Gets how many handlers of this kind run at once in a process, in slots of their own beside those of all other kinds.</summary>
    /// <remarks>
    /// For work that mostly waits for somebody else, such as HTTP calls: however long it waits, it takes no slot from other kinds,
    /// nor do they from it. Asked once, when the worker is made.
    /// </remarks>
    /// <value>The default value is <see langword="null"/>: the kind shares the worker's slots.</value>
    public Func<IServiceProvider, int>? Slots { get; private init; }

    /// <summary>Makes a registration.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <typeparam name="TPayload">What the payload's JSON is read as.</typeparam>
    /// <param name="kind">The kind, at most 128 characters.</param>
    public static JobHandlerRegistration Create<THandler, TPayload>(string kind)
        where THandler : class, IJobHandler<TPayload>
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kind.Length, 128);
        return new(kind, typeof(TPayload), typeof(THandler));
    }

    /// <summary>Makes a registration whose handlers run in slots of their own.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <typeparam name="TPayload">What the payload's JSON is read as.</typeparam>
    /// <param name="kind">The kind, at most 128 characters.</param>
    /// <param name="slots">How many run at once in a process, 1 to 10,000.</param>
    public static JobHandlerRegistration Create<THandler, TPayload>(string kind, Func<IServiceProvider, int> slots)
        where THandler : class, IJobHandler<TPayload>
    {
        ArgumentNullException.ThrowIfNull(slots);
        var shared = Create<THandler, TPayload>(kind);
        return new(shared.Kind, shared.PayloadType, shared.HandlerType) { Slots = slots };
    }
}
