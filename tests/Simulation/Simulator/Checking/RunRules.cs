using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>A handler runs once for each claim, under a lease that is good as far as its process knows, and no longer than it may.</summary>
internal static class RunRules
{
    public static IEnumerable<Violation> Check(Course course)
    {
        var seen = new HashSet<(Life, Ticket)>();
        foreach (var run in course.History.Runs)
        {
            if (!seen.Add((run.Process, run.Ticket)))
            {
                yield return Breaks("a claim is run once", run, "runs again");
            }

            if (WrongStart(course, run) is { } wrong)
            {
                yield return Breaks("no handler starts without a live lease", run, wrong);
                continue;
            }

            var lease = LeaseDeadline(course, run);
            if (!IsOverBy(course.History, run, lease))
            {
                yield return Breaks("a handler is cancelled before its lease runs out", run, $"was {Word(run)}; its process had no news of the lease by {lease:c}");
            }

            var limit = run.Process.AwakeAt(run.StartedAt + (course.History.Jobs[run.Ticket.Job].Timeout ?? course.History.Plan.Settings.AttemptTimeout));
            if (!IsOverBy(course.History, run, limit))
            {
                yield return Breaks("a handler is cancelled at its time limit", run, $"was {Word(run)}; its time was over at {limit:c}");
            }
        }
    }

    private static string? WrongStart(Course course, HandlerRun run)
    {
        var heard = course.HearingsOf(run.Process, run.Ticket).Where(hearing => hearing.At <= run.StartedAt).ToArray();
        if (!heard.Any(hearing => hearing.Started))
        {
            return "was started by nobody";
        }

        var asked = heard.Max(hearing => hearing.AskedAt);
        return run.StartedAt - asked >= course.History.Plan.Settings.Lease ? $"its lease counts from {asked:c} and is over" : null;
    }

    /// <summary>Gets when the handler must have been told to stop, by what its process heard of the lease.</summary>
    private static TimeSpan LeaseDeadline(Course course, HandlerRun run)
    {
        // After two thirds, it is said, and the clock of that is looked at now and then.
        var relied = course.History.Plan.Settings.Lease * 5 / 6;
        var hearings = course.HearingsOf(run.Process, run.Ticket);
        var asked = hearings.Where(hearing => hearing.At <= run.StartedAt).Max(hearing => hearing.AskedAt);
        foreach (var hearing in hearings.Where(hearing => hearing.At > run.StartedAt))
        {
            if (hearing.At > run.Process.AwakeAt(asked + relied))
            {
                break;
            }

            asked = hearing.AskedAt > asked ? hearing.AskedAt : asked;
        }

        return run.Process.AwakeAt(asked + relied);
    }

    private static bool IsOverBy(History history, HandlerRun run, TimeSpan instant) =>
        run.CancelledAt <= instant || run.EndedAt <= instant || run.Process.EndedAt <= instant || history.EndedAt <= instant;

    private static string Word(HandlerRun run) => run.CancelledAt is { } at ? $"cancelled at {at:c} only" : "not cancelled";

    private static Violation Breaks(string rule, HandlerRun run, string what) =>
        new(rule, run.StartedAt, run.Ticket.Job, $"the run of {run.Ticket} on {run.Process.Name}, started at {run.StartedAt:c}, {what}");
}
