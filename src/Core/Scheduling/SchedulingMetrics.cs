using Microsoft.Extensions.Options;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Reads the figures of <c>/metrics</c> and of <c>/health/detailed</c>.</summary>
public sealed class SchedulingMetrics
{
    private const int PageSize = 1000;
    private readonly IAccountMembership _accounts;
    private readonly IScheduleStore _schedules;
    private readonly IRecurrenceStore _recurrences;
    private readonly IRecurringHealth? _ticks;
    private readonly IOptions<SchedulingOptions> _options;
    private readonly TimeProvider _timeProvider;

    internal SchedulingMetrics(
        IAccountMembership accounts, IScheduleStore schedules, IRecurrenceStore recurrences, IRecurringHealth? ticks,
        IOptions<SchedulingOptions> options, TimeProvider timeProvider)
    {
        _accounts = accounts;
        _schedules = schedules;
        _recurrences = recurrences;
        _ticks = ticks;
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <summary>Counts the schedules and executions of all accounts that the caller belongs to.</summary>
    public async Task<SchedulingFigures> CountAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        var own = new List<Guid>();
        AccountPage page;
        do
        {
            page = await _accounts.ListAsync(subject, own.Count, PageSize, cancellationToken).ConfigureAwait(false);
            own.AddRange(page.Items.Select(account => account.Id));
        }
        while (page.Items.Count == PageSize);

        var counts = await _schedules.CountAsync(own, cancellationToken).ConfigureAwait(false);
        return new() { At = _timeProvider.GetUtcNow(), Counts = counts };
    }

    /// <summary>Tells how far behind the firing is. Throws what the store throws where it can't be reached.</summary>
    public async Task<SchedulingHealth> GetHealthAsync(CancellationToken cancellationToken = default)
    {
        var backlog = await _recurrences.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
        var late = backlog.OldestAt is { } oldest && backlog.Now - oldest > _options.Value.LateAfter;
        var last = _ticks?.LastTickAt;
        return new(backlog.Due, backlog.OldestAt, backlog.Now, late) { LastTickAt = last, TickAge = _timeProvider.GetUtcNow() - last };
    }
}
