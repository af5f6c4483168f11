using Switchyard.Jobs.Recurring;
using Switchyard.Scheduling.Rules;

namespace Switchyard.Scheduling.Editing;

/// <summary>Decides what a change of a schedule comes to, while its row is locked against the tick. Pure.</summary>
internal static class ScheduleChanges
{
    /// <summary>Gives <see langword="null"/> where nothing changes.</summary>
    public static ScheduleChange? Of(Schedule schedule, DueRecurrence due, UpdateSchedule request, IOccurrencePlanner planner, DateTimeOffset now)
    {
        var recurrence = Changed(schedule.Recurrence, request);
        var wanted = schedule with { Name = request.Name ?? schedule.Name, Type = request.Type ?? schedule.Type, Recurrence = recurrence };
        if (wanted == schedule)
        {
            return null;
        }

        wanted = wanted with { UpdatedAt = now };
        return recurrence == schedule.Recurrence ? new(wanted) : Redefined(wanted, due, planner, now);
    }

    private static ScheduleChange Redefined(Schedule wanted, DueRecurrence due, IOccurrencePlanner planner, DateTimeOffset now)
    {
        // Instants that were due keep to the old definition, and are decided here and now: the new one begins after this moment (G20).
        var old = due.Recurrence;
        var pending = old.Enabled && old.NextAt <= now ? planner.Plan(due, now, ending: true) : null;
        var recurrence = wanted.Recurrence;
        var keepsTime = pending is null && recurrence.Enabled && old.Enabled && recurrence.Expression == old.Expression && recurrence.TimeZone == old.TimeZone;
        return new(
            wanted with
            {
                Recurrence = recurrence with
                {
                    Revision = old.Revision + 1,
                    NextAt = keepsTime ? old.NextAt : planner.Next(recurrence, now),
                    LastAt = pending?.LastAt ?? old.LastAt,
                },
            },
            pending);
    }

    private static Recurrence Changed(Recurrence current, UpdateSchedule request) => current with
    {
        Expression = request.Schedule ?? current.Expression,
        TimeZone = request.TimeZone is { } zone ? ScheduleRules.Canonical(zone) : current.TimeZone,
        Enabled = request.Enabled ?? current.Enabled,
        MisfirePolicy = request.MisfirePolicy ?? current.MisfirePolicy,
        CatchUpWindow = request.CatchUpWindow ?? current.CatchUpWindow,
        OverlapPolicy = request.OverlapPolicy ?? current.OverlapPolicy,
    };
}
