using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Checking;

/// <summary>A history, put in the order in which rules ask for it.</summary>
internal sealed class Course
{
    private readonly Dictionary<(Life, Ticket), List<Hearing>> _hearings = [];
    private readonly ILookup<Ticket, HandlerRun> _runs;

    public Course(History history)
    {
        History = history;
        _runs = history.Runs.ToLookup(run => run.Ticket);
        Steps = [.. MakeSteps(history)];
        foreach (var call in history.Calls.Where(call => call is { Answer: not null, Operation: "claim" or "start" or "renew" }))
        {
            Hear(call, call.Answer!);
        }

        foreach (var hearings in _hearings.Values)
        {
            hearings.Sort((one, other) => one.At.CompareTo(other.At));
        }
    }

    public History History { get; }

    /// <summary>Gets what the store did, in order, each with the rows before it.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Gets the runs of a claim.</summary>
    public IEnumerable<HandlerRun> RunsOf(Ticket ticket) => _runs[ticket];

    /// <summary>Gets what a process heard about a lease of its own, in order.</summary>
    public IReadOnlyList<Hearing> HearingsOf(Life life, Ticket ticket) => _hearings.GetValueOrDefault((life, ticket)) ?? [];

    private static IEnumerable<Step> MakeSteps(History history)
    {
        var rows = new Dictionary<int, Row>();
        foreach (var execution in history.Executions)
        {
            // The jobs that the call is about are all that a rule may ask for; a copy of the whole would be dear.
            var before = execution.Call.Tickets.Select(ticket => ticket.Job).Distinct().ToDictionary(job => job, rows.GetValueOrDefault);
            foreach (var change in execution.Changes)
            {
                before[change.Job] = change.Before;
                rows[change.Job] = change.After;
            }

            yield return new Step(execution, before);
        }
    }

    private void Hear(StoreCall call, Execution answer)
    {
        var at = call.EndedAt!.Value;
        foreach (var claim in answer.Claims)
        {
            Add(call.Caller, claim.Ticket, new Hearing(at, call.SentAt, claim.Started));
        }

        foreach (var ticket in answer.Held)
        {
            Add(call.Caller, ticket, new Hearing(at, call.SentAt, call.Operation == "start"));
        }
    }

    private void Add(Life life, Ticket ticket, Hearing hearing)
    {
        if (!_hearings.TryGetValue((life, ticket), out var hearings))
        {
            _hearings.Add((life, ticket), hearings = []);
        }

        hearings.Add(hearing);
    }
}

/// <summary>That a process heard of its lease.</summary>
/// <param name="At">When it heard.</param>
/// <param name="AskedAt">When it had asked: the lease may count from then.</param>
/// <param name="Started">Whether it heard that the attempt is started.</param>
internal sealed record Hearing(TimeSpan At, TimeSpan AskedAt, bool Started);

/// <summary>Something that the store did.</summary>
/// <param name="Execution">What.</param>
/// <param name="Before">The rows of the jobs that it is about, as they were before; <see langword="null"/> for one that was not seen.</param>
internal sealed record Step(Execution Execution, IReadOnlyDictionary<int, Row?> Before)
{
    public StoreCall Call => Execution.Call;

    public string Operation => Execution.Call.Operation;

    public TimeSpan StoreAt => Execution.StoreAt;

    public Change? ChangeOf(int job) => Execution.Changes.FirstOrDefault(change => change.Job == job);

    /// <summary>Gets whether a lease is the current claim of its job.</summary>
    public bool IsHeld(Ticket ticket) => Before[ticket.Job] is { State: RowState.Running } row && row.Token == ticket.Token;

    /// <summary>Gets whether a lease is the current claim of its job and has not run out.</summary>
    public bool IsLive(Ticket ticket) => IsHeld(ticket) && Before[ticket.Job]!.LeaseEnds > StoreAt;

    /// <summary>Gets the claims that this step took back from their owners, because their leases had run out.</summary>
    public IEnumerable<Change> TakenBack => Operation == "claim" ? Execution.Changes.Where(change => change.Before is { State: RowState.Running }) : [];

    public Violation Breaks(string rule, int job, string what) => new(rule, Execution.At, job, $"call {Call.Number} ({Operation} by {Call.Caller.Name}): {what}");
}
