using Switchyard.Scheduling.Editing;
using Switchyard.Scheduling.Explaining;
using Switchyard.Scheduling.Firing;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling;

/// <summary>Makes, shows, changes, runs and explains schedules for the clients of the API.</summary>
/// <remarks>
/// A subject is the <c>sub</c> of the caller's token. What isn't there is refused with 404, then what belongs to an account of
/// others with 403, then values that break rules with 400, all of them named at once. Making is the other way round: the values
/// come first, so that a refused request makes no account. A refused request stores nothing.
/// </remarks>
public sealed class ScheduleService
{
    private readonly ScheduleEditor _editor;
    private readonly ManualRuns _runs;
    private readonly ScheduleExplainer _explainer;
    private readonly UpcomingReader _upcoming;
    private readonly AccountAccess _access;
    private readonly IScheduleStore _schedules;

    internal ScheduleService(
        ScheduleEditor editor, ManualRuns runs, ScheduleExplainer explainer, UpcomingReader upcoming, AccountAccess access, IScheduleStore schedules)
    {
        _editor = editor;
        _runs = runs;
        _explainer = explainer;
        _upcoming = upcoming;
        _access = access;
        _schedules = schedules;
    }

    /// <summary>Makes a schedule. Its account becomes the caller's where nobody named it before.</summary>
    public Task<ScheduleResult> CreateAsync(string subject, CreateSchedule request, CancellationToken cancellationToken = default) =>
        _editor.CreateAsync(subject, request, cancellationToken);

    /// <summary>Gets a schedule.</summary>
    public async Task<ScheduleResult> FindAsync(string subject, Guid id, CancellationToken cancellationToken = default)
    {
        var (schedule, refusal) = await _access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
        return schedule is null ? new ScheduleResult.Refused(refusal!) : _editor.Done(schedule);
    }

    /// <summary>Lists the schedules of an account, oldest first.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="accountId">Whose schedules; one that the caller doesn't belong to, or that isn't there, is refused with 403.</param>
    /// <param name="enabled">Only those that are, or aren't, enabled; <see langword="null"/> for both.</param>
    /// <param name="skip">How many to pass over, from 0.</param>
    /// <param name="limit">How many to give at the most, 1 to 1000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ScheduleListResult> ListAsync(string subject, Guid accountId, bool? enabled, int skip, int limit, CancellationToken cancellationToken = default)
    {
        var refusal = PageRules.Check(skip, limit) ?? await _access.AccountAsync(subject, accountId, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new ScheduleListResult.Refused(refusal);
        }

        var page = await _schedules.ListAsync(new(accountId, enabled, skip, limit), cancellationToken).ConfigureAwait(false);
        return new ScheduleListResult.Listed(page with { Items = [.. page.Items.Select(_editor.Shown)] });
    }

    /// <summary>Changes a schedule. Its next run is computed anew where expression, zone or enabled change; a request that changes nothing leaves it untouched.</summary>
    /// <remarks>Instants that were due before keep to the old definition: they fire or are recorded as skipped, by its policies (G20).</remarks>
    public Task<ScheduleResult> UpdateAsync(string subject, Guid id, UpdateSchedule request, CancellationToken cancellationToken = default) =>
        _editor.UpdateAsync(subject, id, request, cancellationToken);

    /// <summary>Enables or disables a schedule; one that already is so stays untouched.</summary>
    public Task<ScheduleResult> SetEnabledAsync(string subject, Guid id, bool enabled, CancellationToken cancellationToken = default) =>
        _editor.UpdateAsync(subject, id, new UpdateSchedule { Enabled = enabled }, cancellationToken);

    /// <summary>Removes a schedule with its webhooks and history. What is being delivered may end, but leaves no trace.</summary>
    public async Task<DeleteResult> DeleteAsync(string subject, Guid id, CancellationToken cancellationToken = default)
    {
        var (_, refusal) = await _access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new DeleteResult.Refused(refusal);
        }

        return await _schedules.DeleteAsync(id, cancellationToken).ConfigureAwait(false)
            ? new DeleteResult.Deleted()
            : new DeleteResult.Refused(Refusals.JobNotFound(id));
    }

    /// <summary>Runs a schedule now, enabled or not, once for each of its webhooks; its next run stays as it is.</summary>
    public Task<RunResult> RunAsync(string subject, Guid id, CancellationToken cancellationToken = default) =>
        _runs.RunAsync(subject, id, cancellationToken);

    /// <summary>Tells for each instant at which a schedule was expected to run what happened, and why.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant; not before <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExplainResult> ExplainAsync(string subject, Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) =>
        _explainer.ExplainAsync(subject, id, from, to, cancellationToken);

    /// <summary>Tells what a schedule's expression means, and its next runs from now on, as if it were enabled.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="count">How many runs, 1 to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<UpcomingResult> ListUpcomingAsync(string subject, Guid id, int count, CancellationToken cancellationToken = default) =>
        _upcoming.ListAsync(subject, id, count, cancellationToken);

    /// <summary>Tells what an expression means, and its next runs from now on. Nothing needs to be stored, and anybody may ask.</summary>
    /// <param name="schedule">The cron expression.</param>
    /// <param name="timeZone">The IANA name of the time zone; <see langword="null"/> means <c>UTC</c>.</param>
    /// <param name="count">How many runs, 1 to 100.</param>
    public UpcomingResult Describe(string? schedule, string? timeZone, int count) => _upcoming.Describe(schedule, timeZone, count);
}
