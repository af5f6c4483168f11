using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Journal;

/// <summary>Everything that was seen of one history: what the checker judges.</summary>
internal sealed class History(Plan plan)
{
    public Plan Plan { get; } = plan;

    public List<Life> Lives { get; } = [];

    public List<StoreCall> Calls { get; } = [];

    /// <summary>Gets what the store did, in order.</summary>
    public List<Execution> Executions { get; } = [];

    public List<HandlerRun> Runs { get; } = [];

    /// <summary>Gets what clients were told of their requests.</summary>
    public List<Acceptance> Acceptances { get; } = [];

    /// <summary>Gets the script of each job that is known, by number.</summary>
    public Dictionary<int, Script> Jobs { get; } = [];

    /// <summary>Gets the rows as they were at last.</summary>
    public Dictionary<int, Row> Final { get; } = [];

    /// <summary>Gets or sets whether the store keeps the plan's limits.</summary>
    public bool HasLimits { get; set; }

    /// <summary>Gets when the kind that the plan pauses was paused.</summary>
    public List<(TimeSpan From, TimeSpan To)> KindPauses { get; } = [];

    /// <summary>Gets what was seen at once to be wrong.</summary>
    public List<Violation> Observed { get; } = [];

    /// <summary>Gets how often each kind of fault was done.</summary>
    public Dictionary<FaultKind, int> Faults { get; } = [];

    /// <summary>Gets or sets when it was over.</summary>
    public TimeSpan EndedAt { get; set; }
}

/// <summary>What a client was told of a request to enqueue.</summary>
internal sealed record Acceptance(TimeSpan At, int Requested, int Standing, bool Created);

/// <summary>A promise that was not kept.</summary>
internal sealed record Violation(string Rule, TimeSpan At, int? Job, string What);
