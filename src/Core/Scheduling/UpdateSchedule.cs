using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Represents a request to change a schedule (seed 4, <c>PUT /api/jobs/{id}</c>). What is <see langword="null"/> stays as it is.</summary>
/// <remarks>The rules of values are those of <see cref="CreateSchedule"/>.</remarks>
public sealed record UpdateSchedule
{
    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the cron expression.</summary>
    public string? Schedule { get; init; }

    /// <summary>Gets the type.</summary>
    public int? Type { get; init; }

    /// <summary>Gets the IANA name of the time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets whether it fires.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Gets what becomes of instants that nobody fired in time.</summary>
    public MisfirePolicy? MisfirePolicy { get; init; }

    /// <summary>Gets how late an occurrence may be and still fire.</summary>
    public TimeSpan? CatchUpWindow { get; init; }

    /// <summary>Gets what becomes of an occurrence while the deliveries of an earlier one are unfinished.</summary>
    public OverlapPolicy? OverlapPolicy { get; init; }
}
