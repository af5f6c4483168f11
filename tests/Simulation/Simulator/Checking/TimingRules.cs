using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Checking;

/// <summary>Nothing is handed out before it is due, and retries are due when the policy or the handler says.</summary>
internal static class TimingRules
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<Violation> Check(Course course)
    {
        foreach (var step in course.Steps)
        {
            foreach (var claim in step.Execution.Claims)
            {
                if (claim.DueAt > step.StoreAt || step.ChangeOf(claim.Ticket.Job)?.Before is { State: RowState.Queued } before && before.DueAt > step.StoreAt)
                {
                    yield return step.Breaks("nothing is claimed before it is due", claim.Ticket.Job, $"{claim.Ticket} is due at {claim.DueAt}, claimed at {step.StoreAt}");
                }
            }

            foreach (var change in step.Execution.Changes.Where(change => change.After.State == RowState.Queued))
            {
                if (WrongDue(course, step, change) is { } wrong)
                {
                    yield return step.Breaks("a job is due when it was said", change.Job, $"j{change.Job} is due at {change.After.DueAt}, {wrong}");
                }
            }
        }
    }

    private static string? WrongDue(Course course, Step step, Change change)
    {
        var wait = change.After.DueAt - step.StoreAt;
        var (least, most) = step.Operation switch
        {
            "enqueue" => (course.History.Jobs[change.Job].Delay, course.History.Jobs[change.Job].Delay),
            "complete" when change.Before is not null => RetryBounds(course, step, change),
            "claim" or "release" => (TimeSpan.FromDays(-1), TimeSpan.Zero),
            _ => (TimeSpan.Zero, TimeSpan.Zero),
        };
        return wait < least - Rounding || wait > most + Rounding ? $"{wait} after the call; {least} to {most} was said" : null;
    }

    private static (TimeSpan Least, TimeSpan Most) RetryBounds(Course course, Step step, Change change)
    {
        var settings = course.History.Plan.Settings;
        var (least, most) = PolicyBounds(settings, change.Before!.Attempt);
        var asked = course.RunsOf(new Ticket(change.Job, change.Before.Token)).FirstOrDefault(run => run.Process == step.Call.Caller)?.Wait;

        // An outcome that could not be written several times is replaced by a failure, which goes by the policy.
        return asked is { } wait ? (least < wait ? least : wait, most > wait ? most : wait) : (least, most);
    }

    private static (TimeSpan Least, TimeSpan Most) PolicyBounds(Settings settings, int attempt)
    {
        var wait = Math.Min(settings.RetryFirst.TotalSeconds * Math.Pow(settings.RetryFactor, attempt - 1), settings.RetryMax.TotalSeconds);
        return (TimeSpan.FromSeconds(wait * (1 - settings.RetryJitter)), TimeSpan.FromSeconds(Math.Min(wait * (1 + settings.RetryJitter), settings.RetryMax.TotalSeconds)));
    }
}
