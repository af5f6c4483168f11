using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Checking;

/// <summary>When nothing is wrong, no job that is due waits while a worker has nothing to do: signals wake it, and due times.</summary>
internal sealed class WaitRules
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(2);
    private readonly Course _course;
    private readonly Dictionary<int, TimeSpan> _waitingSince = [];
    private readonly Dictionary<Life, HashSet<Ticket>> _held = [];
    private readonly Dictionary<Life, TimeSpan> _idleSince;

    private WaitRules(Course course)
    {
        _course = course;
        _idleSince = course.History.Lives.Where(life => life.Name != "client.1").ToDictionary(life => life, life => life.StartedAt);
    }

    private Settings Settings => _course.History.Plan.Settings;

    public static IEnumerable<Violation> Check(Course course)
    {
        var rules = new WaitRules(course);
        return course.Steps.SelectMany(rules.Check);
    }

    private List<Violation> Check(Step step)
    {
        var violations = new List<Violation>();
        foreach (var claim in step.Execution.Claims.Where(claim => step.StoreAt > Settings.SettledAt))
        {
            if (_waitingSince.TryGetValue(claim.Ticket.Job, out var since) && since > Settings.SettledAt && step.StoreAt - since > Promptly && !MayBeLimited(step, claim) && Idle(since, step.Execution.At) is { } idle)
            {
                violations.Add(step.Breaks("no due job waits for an idle worker", claim.Ticket.Job, $"{claim.Ticket} was due since {since:c}, and {idle.Name} has nothing to do since {_idleSince[idle]:c}"));
            }
        }

        Follow(step);
        return violations;
    }

    private bool MayBeLimited(Step step, Grant claim) =>
        _course.History.HasLimits && step.ChangeOf(claim.Ticket.Job)?.After.Kind == Settings.LimitedKind && (Settings.MaxRunning is not null || Settings.MaxRunningPerKey is not null);

    private Life? Idle(TimeSpan since, TimeSpan until) =>
        _idleSince.FirstOrDefault(pair => pair.Value < since && pair.Key.StartedAt < since && pair.Key.KilledAt is null && (pair.Key.StoppingAt ?? TimeSpan.MaxValue) > until && _held.GetValueOrDefault(pair.Key) is not { Count: > 0 }).Key;

    private void Follow(Step step)
    {
        foreach (var change in step.Execution.Changes)
        {
            _waitingSince.Remove(change.Job);
            if (change.After.State == RowState.Queued)
            {
                _waitingSince[change.Job] = change.After.DueAt > step.StoreAt ? change.After.DueAt : step.StoreAt;
            }

            if (change.Before is { State: RowState.Running } before && change.After.Token != before.Token || change.After.State != RowState.Running)
            {
                LetGo(step, change.Job);
            }
        }

        foreach (var claim in step.Execution.Claims)
        {
            _held.TryAdd(step.Call.Caller, []);
            _held[step.Call.Caller].Add(claim.Ticket);
        }
    }

    private void LetGo(Step step, int job)
    {
        foreach (var (life, tickets) in _held)
        {
            if (tickets.RemoveWhere(ticket => ticket.Job == job) > 0 && tickets.Count == 0)
            {
                _idleSince[life] = step.StoreAt;
            }
        }
    }
}
