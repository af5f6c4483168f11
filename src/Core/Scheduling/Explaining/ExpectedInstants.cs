using Switchyard.Cron;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Explaining;

/// <summary>Lists the instants that a schedule was expected to run at, by the definitions that held. Pure.</summary>
internal static class ExpectedInstants
{
    /// <summary>Lists them in order, as they are asked for.</summary>
    /// <param name="definitions">The definitions, in order; where there are none, nothing was expected.</param>
    /// <param name="createdAt">When the schedule was made.</param>
    /// <param name="from">The first instant, included.</param>
    /// <param name="to">The last instant, included.</param>
    public static IEnumerable<ExpectedInstant> Of(IReadOnlyList<RecurrenceRevision> definitions, DateTimeOffset createdAt, DateTimeOffset from, DateTimeOffset to)
    {
        // Before the schedule was made, what it would have done is told by its first definition.
        var after = Earlier(from);
        if (definitions.Count > 0 && from <= createdAt)
        {
            foreach (var expected in Between(definitions[0], after, Min(createdAt, to)))
            {
                yield return expected with { IsBeforeCreation = true };
            }

            after = Max(after, createdAt);
        }

        for (var i = 0; i < definitions.Count; i++)
        {
            // A definition holds from the moment after its change: what was due at that moment was decided by the one before.
            var begin = Max(after, i == 0 ? after : definitions[i].Since);
            var end = i + 1 < definitions.Count ? Min(definitions[i + 1].Since, to) : to;
            foreach (var expected in Between(definitions[i], begin, end))
            {
                yield return expected;
            }
        }
    }

    private static IEnumerable<ExpectedInstant> Between(RecurrenceRevision definition, DateTimeOffset after, DateTimeOffset until) =>
        after < until && CronSchedule.TryParse(definition.Expression, definition.TimeZone, out var cron, out _)
            ? cron.Between(after, until).Select(at => new ExpectedInstant(at, definition))
            : [];

    private static DateTimeOffset Earlier(DateTimeOffset instant) => instant > DateTimeOffset.MinValue ? instant.AddTicks(-1) : instant;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>Represents an instant at which a schedule was expected to run.</summary>
/// <param name="At">The instant.</param>
/// <param name="Definition">By which definition.</param>
internal sealed record ExpectedInstant(DateTimeOffset At, RecurrenceRevision Definition)
{
    /// <summary>Gets whether the schedule didn't exist yet.</summary>
    public bool IsBeforeCreation { get; init; }
}
