using Switchyard.Jobs.Recurring.Planning;

namespace Switchyard.Jobs.Recurring;

/// <summary>A planner, and a look at one recurrence after another as ticks take them.</summary>
internal static class PlannerSubject
{
    public const string Kind = "test";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static OccurrencePlanner Create(TimeSpan? misfireThreshold = null) =>
        new(new ScheduleCache(), [new OneJob()], misfireThreshold ?? TimeSpan.FromMinutes(1));

    public static Recurrence NewRecurrence(string expression, DateTimeOffset? nextAt = null, string zone = "UTC") =>
        new() { Id = Guid.NewGuid(), Kind = Kind, Expression = expression, TimeZone = zone, NextAt = nextAt ?? Start, Revision = 3 };

    /// <summary>Plans until nothing is due any more, as ticks at one time would, and gives all rows and what is stored then.</summary>
    public static (List<Occurrence> Rows, DueRecurrence Then, int Plans) Settle(this IOccurrencePlanner planner, DueRecurrence due, DateTimeOffset now)
    {
        var rows = new List<Occurrence>();
        var plans = 0;
        for (; due.Recurrence.NextAt <= now && (due.LookAt ?? due.Recurrence.NextAt) <= now && plans < 100_000; plans++)
        {
            var firing = planner.Plan(due, now);
            rows.AddRange(firing.Occurrences.Select(planned => planned.Occurrence));
            due = due with { Recurrence = due.Recurrence with { NextAt = firing.NextAt, LastAt = firing.LastAt ?? due.Recurrence.LastAt }, LookAt = firing.LookAt ?? firing.NextAt };
        }

        return (rows, due, plans);
    }

    public static DueRecurrence Due(this Recurrence recurrence, bool busy = false) => new(recurrence, [], busy) { LookAt = recurrence.NextAt };

    /// <summary>Says rows in short: outcome, first, last and count.</summary>
    public static string[] Say(IEnumerable<Occurrence> rows) =>
        [.. rows.Select(row => row.Count == 1 ? $"{row.Outcome} {row.FirstAt:HH:mm:ss}" : $"{row.Outcome} {row.FirstAt:HH:mm:ss}-{row.LastAt:HH:mm:ss} x{row.Count}")];

    private sealed class OneJob : IOccurrenceEffects
    {
        public string Kind => PlannerSubject.Kind;

        public IReadOnlyList<JobEffect> Of(DueRecurrence due, DateTimeOffset scheduledAt, DateTimeOffset now) =>
            [new JobRequest { Id = new JobId(OccurrenceId.Of(due.Recurrence.Id, scheduledAt, Guid.Empty)), Kind = "work", Payload = "{}" }];
    }
}
