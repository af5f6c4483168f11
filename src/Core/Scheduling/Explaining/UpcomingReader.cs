using Switchyard.Cron;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Explaining;

/// <summary>Says what expressions mean and when they run next.</summary>
internal sealed class UpcomingReader(AccountAccess access, TimeProvider timeProvider)
{
    public async Task<UpcomingResult> ListAsync(string subject, Guid id, int count, CancellationToken cancellationToken)
    {
        var (schedule, refusal) = await access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
        return (refusal ?? ScheduleRules.Check(count)) is { } why
            ? new UpcomingResult.Refused(why)
            : Tell(schedule!.Recurrence.Expression, schedule.Recurrence.TimeZone, count);
    }

    public UpcomingResult Describe(string? schedule, string? timeZone, int count) =>
        ScheduleRules.Check(schedule, timeZone, count) is { } refusal
            ? new UpcomingResult.Refused(refusal)
            : Tell(schedule!, timeZone ?? "UTC", count);

    private UpcomingResult.Told Tell(string expression, string zone, int count)
    {
        var cron = CronSchedule.Parse(expression, zone);
        var runs = cron.Upcoming(timeProvider.GetUtcNow(), count);
        return new(new(cron.Describe(), [.. runs.Select(run => new UpcomingRun(run.Local, run.Remark))]));
    }
}
