using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>Attempts are the starts that were not taken back by a release: counted again here, and compared.</summary>
internal sealed class AttemptRules
{
    private const string Count = "an attempt is a start, and nothing else";
    private const string Alone = "a suspect is claimed alone and started at once";
    private readonly Dictionary<int, int> _attempts = [];
    private readonly Dictionary<int, long> _started = [];
    private readonly HashSet<int> _suspects = [];

    public static IEnumerable<Violation> Check(Course course)
    {
        var rules = new AttemptRules();
        return course.Steps.SelectMany(rules.Check);
    }

    private List<Violation> Check(Step step)
    {
        var violations = new List<Violation>();
        TakeBack(step, violations);
        Start(step, violations);
        GiveBack(step);
        foreach (var change in step.Execution.Changes)
        {
            var counted = _attempts.GetValueOrDefault(change.Job);
            if (change.After.Attempt != counted)
            {
                violations.Add(step.Breaks(Count, change.Job, $"j{change.Job} was started {counted} times and has attempt {change.After.Attempt}"));
                _attempts[change.Job] = change.After.Attempt;
            }

            if (change.After.Attempt > change.After.MaxAttempts)
            {
                violations.Add(step.Breaks("no more attempts than allowed", change.Job, $"j{change.Job} has attempt {change.After.Attempt} of {change.After.MaxAttempts}"));
            }
        }

        return violations;
    }

    private void TakeBack(Step step, List<Violation> violations)
    {
        foreach (var change in step.TakenBack)
        {
            var before = change.Before!;
            if (IsStarted(change.Job, before.Token))
            {
                _suspects.Add(change.Job);
                if (before.Attempt >= before.MaxAttempts && change.After.State is not (RowState.DeadLetter or RowState.Cancelled))
                {
                    violations.Add(step.Breaks("a lost last attempt is the end", change.Job, $"j{change.Job} lost attempt {before.Attempt} of {before.MaxAttempts} and is {change.After.State}"));
                }
            }
        }
    }

    private void Start(Step step, List<Violation> violations)
    {
        foreach (var claim in step.Execution.Claims)
        {
            var job = claim.Ticket.Job;
            if (_suspects.Contains(job) && (!claim.Started || step.Execution.Claims.Count > 1))
            {
                violations.Add(step.Breaks(Alone, job, $"{claim.Ticket} lost a lease and was claimed {(claim.Started ? $"among {step.Execution.Claims.Count}" : "without a start")}"));
            }

            if (claim.Started)
            {
                CountStart(claim.Ticket);
            }

            if (claim.Attempt != _attempts.GetValueOrDefault(job) + (claim.Started ? 0 : 1))
            {
                violations.Add(step.Breaks(Count, job, $"{claim.Ticket} is said to be attempt {claim.Attempt} after {_attempts.GetValueOrDefault(job)} starts"));
            }
        }

        foreach (var ticket in step.Execution.Held.Where(ticket => step.Operation == "start" && !IsStarted(ticket.Job, ticket.Token)))
        {
            CountStart(ticket);
        }
    }

    private void GiveBack(Step step)
    {
        foreach (var ticket in step.Call.Tickets.Where(step.IsHeld))
        {
            if (step.Operation == "release")
            {
                _attempts[ticket.Job] = _attempts.GetValueOrDefault(ticket.Job) - (IsStarted(ticket.Job, ticket.Token) ? 1 : 0);
                _suspects.Remove(ticket.Job);
            }
            else if (step.Operation == "complete" && step.ChangeOf(ticket.Job) is not null)
            {
                _suspects.Remove(ticket.Job);
            }
        }
    }

    private void CountStart(Ticket ticket)
    {
        _attempts[ticket.Job] = _attempts.GetValueOrDefault(ticket.Job) + 1;
        _started[ticket.Job] = ticket.Token;
    }

    private bool IsStarted(int job, long token) => _started.GetValueOrDefault(job, -1) == token;
}
