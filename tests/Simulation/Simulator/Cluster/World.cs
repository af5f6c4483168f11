using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Simulation.Journal;
using Switchyard.Simulation.Plans;
using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Cluster;

/// <summary>One history: nodes with the real kernel, the real store between them, clients, and all that goes wrong.</summary>
internal sealed partial class World
{
    private readonly StoreClock _storeClock;
    private readonly Audit _audit;

    public World(Plan plan, bool logged)
    {
        Plan = plan;
        Dice = new Dice(plan.Seed ^ 0xD1CE);
        Agenda = new Agenda(Dice.Split());
        History = new History(plan);
        Ids = new IdBook(Dice.Split());
        Log = logged ? new EventLog(() => Agenda.Now) : null;
        _storeClock = new StoreClock(Agenda);
        Stores = Wiring.BuildStores(_storeClock, new Wakes(this));
        Store = Stores.GetRequiredService<IJobStore>();
        _audit = new Audit(Store, _storeClock, Ids);
        Nodes = [.. Enumerable.Range(0, plan.Settings.Nodes).Select(index => new Node(index, plan.Skews[index]))];
        _client = new Process(this, new Node(-1, TimeSpan.Zero), "client", runsJobs: false);
    }

    public Plan Plan { get; }

    public Dice Dice { get; }

    public Agenda Agenda { get; }

    public History History { get; }

    public IdBook Ids { get; }

    public EventLog? Log { get; }

    public ServiceProvider Stores { get; }

    public IJobStore Store { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Does a call at the store, and notes what it changed.</summary>
    public (Execution Execution, T Result) Execute<T>(StoreCall call, Func<Execution, T> execute)
    {
        var execution = new Execution { Call = call, At = Agenda.Now };
        _storeClock.Begin();
        var result = execute(execution);
        execution.StoreAt = _storeClock.First;
        execution.Changes = call.Operation is "next" or "find" or "node" or "journal" ? [] : _audit.Look();
        History.Executions.Add(execution);
        call.Executions.Add(execution);
        Log?.Line("store", Describe(execution));
        return (execution, result);
    }

    /// <summary>Makes a request of a script, with an id from the seed.</summary>
    public JobRequest NewRequest(Script script)
    {
        var id = Ids.Make();
        History.Jobs[Ids.NumberOf(id)] = script;
        return new JobRequest
        {
            Id = id,
            Kind = script.Kind,
            Payload = Text(script.Number),
            Priority = script.Priority,
            Delay = script.Delay,
            MaxAttempts = script.MaxAttempts,
            Timeout = script.Timeout,
            DedupeKey = script.DedupeKey,
            DedupeFor = script.DedupeFor,
            ConcurrencyKey = script.ConcurrencyKey,
            OnFailure = script.FollowUp is { } followUp ? new JobFollowUp(Plan.Scripts[followUp].Kind, Text(followUp)) : null,
        };
    }

    /// <summary>Learns of a job that the store made itself.</summary>
    public void Meet(int job, string payload) => History.Jobs.TryAdd(job, Plan.Scripts[int.Parse(payload, CultureInfo.InvariantCulture)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Describe(Execution execution)
    {
        IEnumerable<string> answers =
        [
            .. execution.Claims.Select(claim => $"{claim.Ticket}{(claim.Started ? "" : " (not started)")}"),
            .. execution.Held.Select(ticket => $"{ticket}"),
            .. execution.Statuses,
        ];
        var changes = execution.Changes.Select(change =>
            $"j{change.Job} {change.Before?.State.ToString() ?? "new"}>{change.After.State} a{change.After.Attempt} t{change.After.Token}");
        return $"call {execution.Call.Number}: {execution.Call.Operation} says [{string.Join(", ", answers)}{execution.Word}]; {string.Join("; ", changes)}";
    }
}
