using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Checking;

/// <summary>No more jobs of a kind, or of a concurrency key, are claimed at once than allowed, over all nodes together.</summary>
internal static class LimitRules
{
    private const string Limits = "limits hold over all nodes";

    public static IEnumerable<Violation> Check(Course course)
    {
        var settings = course.History.Plan.Settings;
        if (!course.History.HasLimits)
        {
            yield break;
        }

        foreach (var violation in Pauses(course))
        {
            yield return violation;
        }

        var running = new Dictionary<int, string?>();
        foreach (var step in course.Steps)
        {
            foreach (var change in step.Execution.Changes.Where(change => change.After.Kind == Settings.LimitedKind))
            {
                running.Remove(change.Job);
                if (change.After.State == RowState.Running)
                {
                    running[change.Job] = course.History.Jobs[change.Job].ConcurrencyKey;
                }
            }

            var claimed = step.Execution.Claims.Where(claim => running.ContainsKey(claim.Ticket.Job)).Select(claim => claim.Ticket.Job).ToArray();
            if (claimed.Length > 0 && running.Count > settings.MaxRunning)
            {
                yield return step.Breaks(Limits, claimed[0], $"{running.Count} jobs of {Settings.LimitedKind} are claimed, {settings.MaxRunning} are allowed");
            }

            foreach (var key in claimed.Select(job => running[job]).OfType<string>().Distinct())
            {
                var count = running.Values.Count(other => other == key);
                if (count > settings.MaxRunningPerKey)
                {
                    yield return step.Breaks(Limits, claimed[0], $"{count} jobs of {key} are claimed, {settings.MaxRunningPerKey} are allowed");
                }
            }
        }
    }

    private static IEnumerable<Violation> Pauses(Course course) =>
        from pause in course.History.KindPauses
        from step in course.Steps
        where step.Execution.At > pause.From && step.Execution.At < pause.To
        from claim in step.Execution.Claims
        where step.ChangeOf(claim.Ticket.Job)?.After.Kind == Settings.PausedKind
        select step.Breaks("no job of a paused kind is claimed", claim.Ticket.Job, $"{claim.Ticket} is {Settings.PausedKind}, which is paused until {pause.To:c}");
}
