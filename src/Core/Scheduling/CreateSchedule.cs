using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Represents a request to make a schedule (seed 4, <c>POST /api/jobs</c>). What is required and absent is named with all other problems.</summary>
public sealed record CreateSchedule
{
    /// <summary>Gets the account. Required. It becomes the caller's where nobody named it before.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Gets the name. Required: 1 to 255 characters (Unicode scalar values), not all of them white space, no control characters.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the cron expression (contract 6). Required.</summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the type, any number. Required.</summary>
    public int? Type { get; init; }

    /// <summary>Gets the IANA name of the time zone; <see langword="null"/> means <c>UTC</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets whether it fires.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets what becomes of instants that nobody fired in time.</summary>
    public MisfirePolicy MisfirePolicy { get; init; }

    /// <summary>Gets how late an occurrence may be and still fire: 1 second to 366 days, whole seconds; <see langword="null"/> means the policy's own.</summary>
    public TimeSpan? CatchUpWindow { get; init; }

    /// <summary>Gets what becomes of an occurrence while the deliveries of an earlier one are unfinished.</summary>
    public OverlapPolicy OverlapPolicy { get; init; }
}
