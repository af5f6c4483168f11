namespace Switchyard.Jobs.Recurring;

/// <summary>Represents a job that is enqueued again and again, as a cron expression says.</summary>
public sealed record RecurringJobDefinition
{
    /// <summary>Gets the name, which is its identity: at most 100 characters, and 128 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the cron expression, such as <c>0 2 * * *</c>; six fields have seconds first.</summary>
    public required string Expression { get; init; }

    /// <summary>Gets the IANA name of the time zone that the expression is read in.</summary>
    /// <value>The default value is <c>UTC</c>.</value>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Gets the kind of the job, which names its handler. At most 128 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the payload of each job, a JSON text. It may not hold secrets: it is stored as it is.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets what becomes of instants that passed while nobody ticked.</summary>
    /// <value>The default value is <see cref="MisfirePolicy.FireOnce"/>.</value>
    public MisfirePolicy MisfirePolicy { get; init; }

    /// <summary>Gets how late an occurrence may be and still fire.</summary>
    /// <value>The default value is <see langword="null"/>: no limit for <see cref="MisfirePolicy.FireOnce"/>, an hour for <see cref="MisfirePolicy.FireAll"/>.</value>
    public TimeSpan? CatchUpWindow { get; init; }

    /// <summary>Gets what becomes of an occurrence while the job of an earlier one is unfinished.</summary>
    /// <value>The default value is <see cref="OverlapPolicy.Allow"/>.</value>
    public OverlapPolicy OverlapPolicy { get; init; }

    /// <summary>Gets the priority of each job; higher numbers are claimed first.</summary>
    /// <value>The default value is 0.</value>
    public int Priority { get; init; }

    /// <summary>Gets how many attempts of each job may be started before it is a dead letter.</summary>
    /// <value>The default value is 5.</value>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Gets the time limit of one attempt.</summary>
    /// <value>The default value is <see langword="null"/>: the worker's own limit.</value>
    public TimeSpan? Timeout { get; init; }
}
