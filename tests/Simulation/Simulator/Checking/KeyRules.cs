using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Checking;

/// <summary>What was accepted is stored as it was asked for, and a dedupe key is borne by one unfinished job of its kind.</summary>
internal static class KeyRules
{
    public static IEnumerable<Violation> Check(Course course) => Keys(course).Concat(Order(course)).Concat(Acceptances(course.History));

    private static IEnumerable<Violation> Keys(Course course)
    {
        var rows = new Dictionary<int, Row>();
        foreach (var step in course.Steps)
        {
            foreach (var (requested, standing) in step.Execution.Standing.Where(pair => pair.Requested != pair.Standing))
            {
                var row = rows.GetValueOrDefault(standing) ?? step.ChangeOf(standing)?.After;
                if (row is null || !Bears(row, course.History.Jobs[requested], step.StoreAt))
                {
                    yield return step.Breaks("a dedupe key is refused only where it is taken", requested, $"j{requested} was refused for j{standing}: {row}");
                }
            }

            foreach (var change in step.Execution.Changes.Where(change => change.After.DedupeKey is not null))
            {
                // A replay yields to an unfinished job only; its own forebear may still keep the key.
                var isNew = change.Before is null;
                var taken = rows.Where(pair => isNew && pair.Key != change.Job && IsSameKey(pair.Value, change.After)
                    && (!pair.Value.IsFinished || change.After.Parent is null && pair.Value.KeyTakenUntil > step.StoreAt));
                foreach (var (job, row) in taken)
                {
                    yield return step.Breaks("one job bears a dedupe key", change.Job, $"j{change.Job} has the key of j{job}: {row}");
                }
            }

            foreach (var change in step.Execution.Changes)
            {
                rows[change.Job] = change.After;
            }
        }
    }

    private static bool Bears(Row row, Script script, TimeSpan at) =>
        row.Kind == script.Kind && row.DedupeKey is not null && row.DedupeKey == script.DedupeKey && (!row.IsFinished || row.KeyTakenUntil > at);

    private static bool IsSameKey(Row one, Row other) => one.Kind == other.Kind && one.DedupeKey == other.DedupeKey;

    private static IEnumerable<Violation> Order(Course course)
    {
        foreach (var step in course.Steps.Where(step => step.Execution.Claims.Count > 1))
        {
            var claims = step.Execution.Claims.Select(claim => (claim.Ticket.Job, step.ChangeOf(claim.Ticket.Job)?.After.Priority, claim.DueAt)).ToArray();
            foreach (var (one, next) in claims.Zip(claims.Skip(1)))
            {
                if (one.Priority < next.Priority || one.Priority == next.Priority && one.DueAt > next.DueAt)
                {
                    yield return step.Breaks("claims go by priority, then by due time", next.Job, $"j{one.Job} before j{next.Job}");
                }
            }
        }
    }

    private static IEnumerable<Violation> Acceptances(History history)
    {
        foreach (var acceptance in history.Acceptances)
        {
            var script = history.Jobs[acceptance.Requested];
            var row = history.Final.GetValueOrDefault(acceptance.Standing);
            var isThere = row is not null && (acceptance.Standing == acceptance.Requested || row.DedupeKey is not null && row.DedupeKey == script.DedupeKey && row.Kind == script.Kind);
            if (!isThere || acceptance.Created && acceptance.Standing != acceptance.Requested)
            {
                yield return new Violation("what is accepted is stored", acceptance.At, acceptance.Requested, $"j{acceptance.Requested} was answered by j{acceptance.Standing}: {row}");
            }
            else if (acceptance.Standing == acceptance.Requested && (row!.Kind != script.Kind || row.Priority != script.Priority || row.MaxAttempts != script.MaxAttempts || row.DedupeKey != script.DedupeKey))
            {
                yield return new Violation("what is accepted is stored", acceptance.At, acceptance.Requested, $"j{acceptance.Requested} is not what was asked for: {row}");
            }
        }
    }
}
