using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Tests;

/// <summary>A history in which nothing is wrong, to be spoilt: one job is enqueued, claimed, run and completed.</summary>
internal sealed class Story
{
    public static readonly Plan Plan = Planner.Make(1);
    private readonly List<Action<History>> _last = [];

    public Life Life { get; } = new() { Name = "n0.1", Owner = "n0", StartedAt = TimeSpan.Zero };

    public Row Queued { get; set; } = new()
    {
        State = RowState.Queued, Attempt = 0, MaxAttempts = 5, Token = 0, Owner = null, LeaseEnds = null, DueAt = At(1), CancelRequested = false, FinishedAt = null,
        Kind = "load", Payload = "0", Priority = 0, DedupeKey = null, KeyTakenUntil = null, Root = 0, Parent = null, FollowUpKind = null, Result = null,
    };

    public Func<Row, Row> Claimed { get; set; } = row => row;

    public Func<Row, Row> Completed { get; set; } = row => row;

    public Grant Grant { get; set; } = new(new Ticket(0, 1), 1, true, At(1));

    public string Status { get; set; } = "Applied";

    public bool IsHeard { get; set; } = true;

    public TimeSpan? RunEnds { get; set; } = At(3);

    public RunEnd End { get; set; } = RunEnd.Succeeded;

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Spoils the history when it is complete.</summary>
    public void AtLast(Action<History> spoil) => _last.Add(spoil);

    public History Tell()
    {
        var history = new History(Plan) { EndedAt = Plan.Settings.SettledAt + TimeSpan.FromHours(1) };
        history.Lives.Add(Life);
        history.Jobs[0] = new Script { Number = 0, Kind = "load", Acts = [new Act(Ending.Succeed, TimeSpan.Zero, TimeSpan.Zero, [])] };
        Add(history, NewCall("enqueue", 1), new Change(0, null, Queued));
        history.Acceptances.Add(new Acceptance(At(1), 0, 0, true));
        var running = Claimed(Queued with { State = RowState.Running, Attempt = 1, Token = 1, Owner = "n0", LeaseEnds = At(2) + Plan.Settings.Lease });
        var claim = Add(history, NewCall("claim", 2), new Change(0, Queued, running));
        claim.Claims.Add(Grant);
        claim.Call.Answer = IsHeard ? claim : null;
        history.Runs.Add(new HandlerRun { Process = Life, Ticket = new Ticket(0, 1), Attempt = 1, StartedAt = At(2), EndedAt = RunEnds, End = End });
        var ended = Completed(running with { State = RowState.Succeeded, Owner = null, LeaseEnds = null, FinishedAt = At(3), Result = "1" });
        var outcome = new Outcome(RowState.Succeeded, TimeSpan.Zero, "1", [], false);
        var complete = Add(history, NewCall("complete", 3, new Ticket(0, 1), outcome), new Change(0, running, ended));
        complete.Statuses.Add(Status);
        complete.Call.Answer = complete;
        history.Final[0] = ended;
        _last.ForEach(spoil => spoil(history));
        return history;
    }

    public StoreCall NewCall(string operation, double at, Ticket? ticket = null, Outcome? outcome = null) => new()
    {
        Number = 0, Caller = Life, Operation = operation, SentAt = At(at), EndedAt = At(at), Tickets = ticket is { } shown ? [shown] : [], Outcomes = outcome is null ? [] : [outcome],
    };

    public static Execution Add(History history, StoreCall call, params IReadOnlyList<Change> changes)
    {
        var execution = new Execution { Call = call, At = call.SentAt, StoreAt = call.SentAt, Changes = changes };
        call.Executions.Add(execution);
        history.Calls.Add(call);
        history.Executions.Add(execution);
        return execution;
    }
}
