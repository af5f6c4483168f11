namespace Switchyard.Jobs.Recurring;

/// <summary>Represents recurring work: a cron expression in a time zone, the policies, and the template of what each occurrence enqueues.</summary>
public sealed record Recurrence
{
    /// <summary>Gets the id. A feature's own row, such as a schedule, bears the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the kind, which names the <see cref="IOccurrenceEffects"/>. At most 64 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the cron expression, validated (contract 6). At most 1,000 characters.</summary>
    public required string Expression { get; init; }

    /// <summary>Gets the IANA name of the time zone that the expression is read in.</summary>
    /// <value>The default value is <c>UTC</c>.</value>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Gets whether it fires.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets what becomes of instants that passed while nobody ticked.</summary>
    /// <value>The default value is <see cref="MisfirePolicy.FireOnce"/>.</value>
    public MisfirePolicy MisfirePolicy { get; init; }

    /// <summary>Gets how late an occurrence may be and still fire; older ones are skipped.</summary>
    /// <value>The default value is <see langword="null"/>: no limit for <see cref="MisfirePolicy.FireOnce"/>, an hour for <see cref="MisfirePolicy.FireAll"/>.</value>
    public TimeSpan? CatchUpWindow { get; init; }

    /// <summary>Gets what becomes of an occurrence while the work of an earlier one is unfinished.</summary>
    /// <value>The default value is <see cref="OverlapPolicy.Allow"/>.</value>
    public OverlapPolicy OverlapPolicy { get; init; }

    /// <summary>Gets what the effects are made from, a JSON text; <see langword="null"/> where the feature needs none.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the next nominal instant; <see langword="null"/> where there is none, or it isn't enabled.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Gets when it last fired: the nominal instant's firing, by the store's clock.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Gets the number of its definition, raised with each change of expression, zone, policies, template or <see cref="Enabled"/>.</summary>
    public long Revision { get; init; }
}
