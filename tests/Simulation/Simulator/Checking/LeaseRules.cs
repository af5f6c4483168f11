using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>One owner at a time, tokens that only rise, and no write under a token that is not the current one.</summary>
internal static class LeaseRules
{
    private const string Fence = "tokens rise with each claim and each lease that is taken back";
    private const string Stale = "a stale token writes nothing";

    public static IEnumerable<Violation> Check(Course course) =>
        course.Steps.SelectMany(step => Claims(step, course.History.Plan.Settings.Lease)
            .Concat(TakenBack(step))
            .Concat(Writes(step, course.History.Plan.Settings.Lease)));

    private static IEnumerable<Violation> Claims(Step step, TimeSpan lease)
    {
        foreach (var claim in step.Execution.Claims)
        {
            var change = step.ChangeOf(claim.Ticket.Job);
            if (change is null || change.After.State != RowState.Running || change.After.Token != claim.Ticket.Token || change.After.Owner != step.Call.Caller.Owner)
            {
                yield return step.Breaks("a claim is stored", claim.Ticket.Job, $"{claim.Ticket} is not what the store keeps: {change?.After}");
            }
            else if (change.After.LeaseEnds != step.StoreAt + lease)
            {
                yield return step.Breaks("a claim lasts for the lease", claim.Ticket.Job, $"{claim.Ticket} ends at {change.After.LeaseEnds}, claimed at {step.StoreAt}");
            }
            else if (claim.Ticket.Token <= (change.Before?.Token ?? 0))
            {
                yield return step.Breaks(Fence, claim.Ticket.Job, $"{claim.Ticket} follows token {change.Before!.Token}");
            }
        }
    }

    private static IEnumerable<Violation> TakenBack(Step step)
    {
        foreach (var change in step.TakenBack)
        {
            if (change.Before!.LeaseEnds > step.StoreAt)
            {
                yield return step.Breaks("one owner at a time", change.Job, $"j{change.Job} was taken from {change.Before.Owner}, whose lease lasts until {change.Before.LeaseEnds}, at {step.StoreAt}");
            }

            var least = change.Before.Token + (change.After.State == RowState.Running ? 2 : 1);
            if (change.After.Token < least)
            {
                yield return step.Breaks(Fence, change.Job, $"j{change.Job} was taken back and went from token {change.Before.Token} to {change.After.Token}");
            }
        }
    }

    private static IEnumerable<Violation> Writes(Step step, TimeSpan lease)
    {
        for (var index = 0; index < step.Call.Tickets.Count; index++)
        {
            var ticket = step.Call.Tickets[index];
            if (!step.IsHeld(ticket) && step.ChangeOf(ticket.Job) is not null && !step.Call.Tickets.Any(other => other.Job == ticket.Job && step.IsHeld(other)))
            {
                yield return step.Breaks(Stale, ticket.Job, $"{ticket} is not held and changed the row");
            }
            else if (WrongAnswer(step, ticket, index) is { } wrong)
            {
                yield return step.Breaks(Stale, ticket.Job, wrong);
            }
            else if (step.Operation == "renew" && step.IsLive(ticket) && step.ChangeOf(ticket.Job)?.After.LeaseEnds != step.StoreAt + lease)
            {
                yield return step.Breaks("a renewal lasts for the lease", ticket.Job, $"{ticket} was renewed at {step.StoreAt} and ends at {step.ChangeOf(ticket.Job)?.After.LeaseEnds}");
            }
        }
    }

    private static string? WrongAnswer(Step step, Ticket ticket, int index) => step.Operation switch
    {
        "start" or "renew" when step.Execution.Held.Contains(ticket) != step.IsLive(ticket) =>
            $"{ticket} is {(step.IsLive(ticket) ? "live" : "not live")}, and the store says the opposite",
        "complete" when (step.Execution.Statuses[index] == "LeaseLost") == step.IsHeld(ticket) =>
            $"{ticket} is {(step.IsHeld(ticket) ? "held" : "not held")}, and the store says {step.Execution.Statuses[index]}",
        "complete" when step.Execution.Statuses[index] == "Applied" && !HasState(step, ticket.Job, step.Call.Outcomes[index].State) =>
            $"{ticket} was to be {step.Call.Outcomes[index].State} and is {step.ChangeOf(ticket.Job)?.After.State}",
        "release" when step.IsHeld(ticket) && step.ChangeOf(ticket.Job) is null => $"{ticket} is held and was not released",
        _ => null,
    };

    private static bool HasState(Step step, int job, RowState wanted) =>
        step.ChangeOf(job) is { } change
        && (change.After.State == wanted || wanted == RowState.Queued && change.After.State == RowState.Cancelled && change.Before!.CancelRequested);
}
