using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>What holds when nothing is wrong: leases are kept, outcomes are written, requests are heard, and a stop leaves nothing behind.</summary>
internal static class HealthRules
{
    private const int TakenForUnwritable = 8;
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(15);

    public static IEnumerable<Violation> Check(Course course) =>
        [.. LostLeases(course), .. Outcomes(course), .. Stops(course.History), .. Cancels(course), .. Backoffs(course.History)];

    private static IEnumerable<Violation> LostLeases(Course course)
    {
        var settled = course.History.Plan.Settings.SettledAt;
        var claimers = new Dictionary<Ticket, Life>();
        foreach (var step in course.Steps)
        {
            foreach (var change in step.TakenBack)
            {
                var ticket = new Ticket(change.Job, change.Before!.Token);
                if (!claimers.TryGetValue(ticket, out var life) || course.HearingsOf(life, ticket) is not [{ } first, ..] || first.At < settled)
                {
                    continue;
                }

                if (life.StoppingAt <= step.Execution.At)
                {
                    yield return step.Breaks("a stop leaves no claim behind", change.Job, $"{ticket} was left by {life.Name}, which stopped at {life.StoppedAt:c}");
                }
                else
                {
                    yield return step.Breaks("a healthy process keeps its leases", change.Job, $"{ticket} of {life.Name} ran out");
                }
            }

            foreach (var claim in step.Execution.Claims)
            {
                claimers[claim.Ticket] = step.Call.Caller;
            }
        }
    }

    private static IEnumerable<Violation> Outcomes(Course course)
    {
        var settled = course.History.Plan.Settings.SettledAt;
        var writes = course.History.Calls.Where(call => call.Operation is "complete" or "release")
            .SelectMany(call => call.Tickets.Select(ticket => (ticket, call))).ToLookup(pair => (pair.call.Caller, pair.ticket), pair => pair.call);
        foreach (var run in course.History.Runs.Where(run => run.EndedAt is not null && run.Process.KilledAt is null))
        {
            // What ended in troubled times may wait until they are over; a process that stopped then may have left it.
            var by = run.EndedAt!.Value > settled ? run.EndedAt.Value + Promptly : settled + Promptly;
            var lives = run.Process.StoppingAt is not { } stopping || stopping > settled;
            var calls = writes[(run.Process, run.Ticket)].ToArray();
            var isWritten = calls.Any(call => call.Answer is not null && call.EndedAt <= by) || calls.Length >= TakenForUnwritable;
            if (lives && !isWritten && course.History.EndedAt > by)
            {
                yield return new Violation("what a handler ended with is written", run.EndedAt.Value, run.Ticket.Job, $"the {run.End} of {run.Ticket} on {run.Process.Name} was not written by {by:c}");
            }
        }
    }

    private static IEnumerable<Violation> Stops(History history)
    {
        var settings = history.Plan.Settings;
        foreach (var life in history.Lives)
        {
            if (life.BrokenBy is not null)
            {
                yield return new Violation("no loop of the kernel ends by itself", life.EndedAt ?? history.EndedAt, null, $"{life.Name}: {life.BrokenBy}");
            }

            if (life.StoppingAt >= settings.SettledAt && life.StoppedAt - life.StoppingAt > settings.Grace + TimeSpan.FromSeconds(8))
            {
                yield return new Violation("a stop takes the grace and some seconds", life.StoppedAt!.Value, null, $"{life.Name} took {life.StoppedAt - life.StoppingAt:c}");
            }
        }

        foreach (var call in history.Calls.Where(call => call.Operation == "claim" && call.SentAt > call.Caller.StoppingAt))
        {
            yield return new Violation("claims stop at once", call.SentAt, null, $"{call.Caller.Name} was asked to stop at {call.Caller.StoppingAt:c} and claims (call {call.Number})");
        }
    }

    private static IEnumerable<Violation> Cancels(Course course)
    {
        var settings = course.History.Plan.Settings;
        foreach (var step in course.Steps.Where(step => step.Operation == "cancel" && step.Execution.Word == "Requested" && step.Execution.At >= settings.SettledAt))
        {
            var token = step.Execution.Changes.Select(change => change.After.Token).FirstOrDefault(-1);
            var by = step.Execution.At + settings.Lease * 0.75;
            foreach (var run in course.RunsOf(new Ticket(step.Call.Job!.Value, token)))
            {
                var isTold = run.CancelledAt <= by || run.EndedAt <= by || run.Process.EndedAt <= by || run.StartedAt > step.Execution.At || course.History.EndedAt <= by;
                if (!isTold)
                {
                    yield return step.Breaks("a running job hears that it is cancelled", run.Ticket.Job, $"{run.Ticket} was not told by {by:c}");
                }
            }
        }
    }

    private static IEnumerable<Violation> Backoffs(History history)
    {
        foreach (var calls in history.Calls.Where(call => call.Operation == "claim").GroupBy(call => call.Caller))
        {
            foreach (var (one, next) in calls.Zip(calls.Skip(1)))
            {
                if (one is { Answer: null, EndedAt: { } failed } && next.SentAt - failed < TimeSpan.FromSeconds(1))
                {
                    yield return new Violation("a store that fails is not hammered", next.SentAt, null, $"{one.Caller.Name} claims again {next.SentAt - failed} after call {one.Number} failed");
                }
            }
        }
    }
}
