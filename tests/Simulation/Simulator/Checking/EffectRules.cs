using System.Globalization;
using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>What a run returned is written once, by the run that owns the job; follow-ups come once; nothing comes of nothing.</summary>
internal static class EffectRules
{
    private const string Effects = "effects are applied with the completion, once, or not at all";
    private const string Truth = "an outcome is that of its run";

    public static IEnumerable<Violation> Check(Course course) =>
        course.Steps.Where(step => step.Operation == "complete").SelectMany(step => Completions(course, step)).Concat(FollowUps(course.History));

    private static IEnumerable<Violation> Completions(Course course, Step step)
    {
        var wanted = new HashSet<int>();
        for (var index = 0; index < step.Call.Tickets.Count; index++)
        {
            var (ticket, outcome) = (step.Call.Tickets[index], step.Call.Outcomes[index]);
            if (step.Execution.Statuses[index] != "Applied")
            {
                continue;
            }

            wanted.UnionWith(outcome.Continuations);
            if (Untrue(course, step, ticket, outcome) is { } untrue)
            {
                yield return step.Breaks(Truth, ticket.Job, $"{ticket} {outcome.State}: {untrue}");
            }
        }

        var made = step.Execution.Changes.Where(change => change.Before is null).Select(change => change.Job).ToHashSet();
        foreach (var job in wanted.Except(made))
        {
            yield return step.Breaks(Effects, job, $"j{job} is an effect of an applied completion and is not there");
        }

        foreach (var job in made.Except(wanted))
        {
            yield return step.Breaks(Effects, job, $"j{job} came into being, and no applied completion has it as an effect");
        }
    }

    private static string? Untrue(Course course, Step step, Ticket ticket, Outcome outcome)
    {
        var run = course.RunsOf(ticket).FirstOrDefault(run => run.Process == step.Call.Caller && run.EndedAt <= step.Call.SentAt);
        if (run is null)
        {
            return "no run of the caller had ended";
        }

        var row = step.Before[ticket.Job]!;
        return outcome.State switch
        {
            RowState.Succeeded when run.End != RunEnd.Succeeded || !outcome.Continuations.SequenceEqual(run.Continuations) => $"the run {run.End}, with {run.Continuations.Count} effects",
            RowState.Succeeded when step.ChangeOf(ticket.Job)?.After.Result != ticket.Token.ToString(CultureInfo.InvariantCulture) => "the result is another's",
            RowState.Failed when run.End != RunEnd.Failed => $"the run {run.End}",
            RowState.Cancelled when !row.CancelRequested => "nobody asked for it",
            RowState.Queued when row.Attempt >= row.MaxAttempts => $"attempt {row.Attempt} was the last",
            RowState.DeadLetter when row.Attempt < row.MaxAttempts => $"attempt {row.Attempt} of {row.MaxAttempts} was not the last",
            _ => null,
        };
    }

    private static IEnumerable<Violation> FollowUps(History history)
    {
        var children = history.Final.Where(pair => pair.Value.Parent is not null).ToLookup(pair => (pair.Value.Parent!.Value, pair.Value.Kind));
        foreach (var (job, row) in history.Final.Where(pair => pair.Value.FollowUpKind is not null))
        {
            var count = children[(job, row.FollowUpKind!)].Count();
            var wanted = row.IsFinished && row.State != RowState.Succeeded ? 1 : 0;
            if (count != wanted)
            {
                yield return new Violation("a follow-up comes once, with every end but success", history.EndedAt, job, $"j{job} is {row.State} and has {count} follow-ups");
            }
        }
    }
}
