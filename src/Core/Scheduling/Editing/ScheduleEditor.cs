using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Editing;

/// <summary>Makes and changes schedules, with their next runs.</summary>
internal sealed class ScheduleEditor(IScheduleStore schedules, IAccountMembership accounts, AccountAccess access, IOccurrencePlanner planner, TimeProvider timeProvider)
{
    public async Task<ScheduleResult> CreateAsync(string subject, CreateSchedule request, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(request);
        if (ScheduleRules.Check(request) is { } refusal)
        {
            return new ScheduleResult.Refused(refusal);
        }

        // Last of all, since it makes the account.
        var (account, now) = (request.AccountId!.Value, timeProvider.GetUtcNow());
        if (account == Guid.Empty || !await accounts.JoinAsync(subject, account, now, cancellationToken).ConfigureAwait(false))
        {
            return new ScheduleResult.Refused(Refusals.Forbidden("account"));
        }

        var id = Guid.CreateVersion7(now);
        return Done(await schedules.CreateAsync(at => Make(id, request, at), cancellationToken).ConfigureAwait(false));
    }

    public async Task<ScheduleResult> UpdateAsync(string subject, Guid id, UpdateSchedule request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (_, refusal) = await access.ScheduleAsync(subject, id, cancellationToken).ConfigureAwait(false);
        if ((refusal ?? ScheduleRules.Check(request)) is { } why)
        {
            return new ScheduleResult.Refused(why);
        }

        var changed = await schedules.ChangeAsync(id, (schedule, due, now) => ScheduleChanges.Of(schedule, due, request, planner, now), cancellationToken).ConfigureAwait(false);
        return changed is null ? new ScheduleResult.Refused(Refusals.JobNotFound(id)) : Done(changed);
    }

    public ScheduleResult Done(Schedule schedule) => new ScheduleResult.Done(Shown(schedule));

    /// <summary>Shows when a disabled schedule would run next; it has no next run of its own.</summary>
    public Schedule Shown(Schedule schedule)
    {
        var recurrence = schedule.Recurrence;
        return recurrence.Enabled || recurrence.NextAt is not null
            ? schedule
            : schedule with { Recurrence = recurrence with { NextAt = planner.Next(recurrence with { Enabled = true }, timeProvider.GetUtcNow()) } };
    }

    private Schedule Make(Guid id, CreateSchedule request, DateTimeOffset now)
    {
        var recurrence = new Recurrence
        {
            Id = id,
            Kind = Schedule.RecurrenceKind,
            Expression = request.Schedule!,
            TimeZone = ScheduleRules.Canonical(request.TimeZone ?? "UTC"),
            Enabled = request.Enabled,
            MisfirePolicy = request.MisfirePolicy,
            CatchUpWindow = request.CatchUpWindow,
            OverlapPolicy = request.OverlapPolicy,
        };
        return new Schedule
        {
            AccountId = request.AccountId!.Value,
            Name = request.Name!,
            Type = request.Type!.Value,
            Recurrence = recurrence with { NextAt = planner.Next(recurrence, now) },
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
