namespace Switchyard.Scheduling;

/// <summary>Makes, shows, changes, runs and explains schedules for the clients of the API.</summary>
/// <remarks>
/// A subject is the <c>sub</c> of the caller's token. What isn't there is refused with 404, then what belongs to an account of
/// others with 403, then values that break rules with 400, all of them named at once. Making is the other way round: the values
/// come first, so that a refused request makes no account. A refused request stores nothing.
/// </remarks>
public sealed class ScheduleService
{
    internal ScheduleService()
    {
    }

    /// <summary>Makes a schedule. Its account becomes the caller's where nobody named it before.</summary>
    public Task<ScheduleResult> CreateAsync(string subject, CreateSchedule request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Gets a schedule.</summary>
    public Task<ScheduleResult> FindAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Lists the schedules of an account, oldest first.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="accountId">Whose schedules; one that the caller doesn't belong to, or that isn't there, is refused with 403.</param>
    /// <param name="enabled">Only those that are, or aren't, enabled; <see langword="null"/> for both.</param>
    /// <param name="skip">How many to pass over, from 0.</param>
    /// <param name="limit">How many to give at the most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ScheduleListResult> ListAsync(string subject, Guid accountId, bool? enabled, int skip, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Changes a schedule. Its next run is computed anew where expression, zone or enabled change; a request that changes nothing leaves it untouched.</summary>
    /// <remarks>Instants that were due before keep to the old definition: they fire or are recorded as skipped, by its policies (G20).</remarks>
    public Task<ScheduleResult> UpdateAsync(string subject, Guid id, UpdateSchedule request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Enables or disables a schedule; one that already is so stays untouched.</summary>
    public Task<ScheduleResult> SetEnabledAsync(string subject, Guid id, bool enabled, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Removes a schedule with its webhooks and history. What is being delivered may end, but leaves no trace.</summary>
    public Task<DeleteResult> DeleteAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Runs a schedule now, enabled or not, once for each of its webhooks; its next run stays as it is.</summary>
    public Task<RunResult> RunAsync(string subject, Guid id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Tells for each instant at which a schedule was expected to run what happened, and why.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant; not before <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExplainResult> ExplainAsync(string subject, Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Tells what a schedule's expression means, and its next runs from now on, as if it were enabled.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="count">How many runs, 1 to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<UpcomingResult> ListUpcomingAsync(string subject, Guid id, int count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Tells what an expression means, and its next runs from now on. Nothing needs to be stored, and anybody may ask.</summary>
    /// <param name="schedule">The cron expression.</param>
    /// <param name="timeZone">The IANA name of the time zone; <see langword="null"/> means <c>UTC</c>.</param>
    /// <param name="count">How many runs, 1 to 100.</param>
    public UpcomingResult Describe(string schedule, string? timeZone, int count) => throw new NotSupportedException();
}
