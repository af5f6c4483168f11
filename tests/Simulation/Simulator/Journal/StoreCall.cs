namespace Switchyard.Simulation.Journal;

/// <summary>A lease in the journal: a job by its number, and the token.</summary>
internal readonly record struct Ticket(int Job, long Token)
{
    public override string ToString() => $"j{Job}/{Token}";
}

/// <summary>A call that a process sent to the store, and what became of it.</summary>
internal sealed class StoreCall
{
    public required int Number { get; init; }

    public required Life Caller { get; init; }

    public required string Operation { get; init; }

    public required TimeSpan SentAt { get; init; }

    /// <summary>Gets the leases that the call shows.</summary>
    public IReadOnlyList<Ticket> Tickets { get; init; } = [];

    /// <summary>Gets the outcomes that the call wants written, one for each ticket.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; init; } = [];

    /// <summary>Gets what a claim asks for.</summary>
    public int MaxJobs { get; init; }

    /// <summary>Gets how many of them a claim starts; the others are for the buffer.</summary>
    public int StartAtOnce { get; init; }

    /// <summary>Gets the job that a cancel or a replay is about.</summary>
    public int? Job { get; init; }

    /// <summary>Gets what the store did: nothing where the call never arrived, twice where it was doubled.</summary>
    public List<Execution> Executions { get; } = [];

    /// <summary>Gets or sets what the caller got to know.</summary>
    public Execution? Answer { get; set; }

    /// <summary>Gets or sets when the caller's task ended, in whatever way.</summary>
    public TimeSpan? EndedAt { get; set; }
}

/// <summary>An outcome of an attempt that a process wants written.</summary>
internal sealed record Outcome(RowState State, TimeSpan Wait, string? Result, IReadOnlyList<int> Continuations, bool HasUnknownEffect);

/// <summary>What the store did for a call.</summary>
internal sealed class Execution
{
    public required StoreCall Call { get; init; }

    public required TimeSpan At { get; init; }

    /// <summary>Gets or sets the store's time of the call.</summary>
    public TimeSpan StoreAt { get; set; }

    /// <summary>Gets the claims that were made, in order.</summary>
    public List<Grant> Claims { get; } = [];

    /// <summary>Gets the leases that the store says are started, or renewed.</summary>
    public List<Ticket> Held { get; } = [];

    /// <summary>Gets the store's answers to outcomes: applied, lease lost or refused.</summary>
    public List<string> Statuses { get; } = [];

    /// <summary>Gets the requests that wrote nothing, with the jobs that stand for them.</summary>
    public List<(int Requested, int Standing)> Standing { get; } = [];

    /// <summary>Gets or sets the answer of a cancel, a replay, an enqueue or a release, in words.</summary>
    public string Word { get; set; } = "";

    /// <summary>Gets which rows are different after it.</summary>
    public IReadOnlyList<Change> Changes { get; set; } = [];
}

/// <summary>A claim that the store made.</summary>
internal sealed record Grant(Ticket Ticket, int Attempt, bool Started, TimeSpan DueAt);

/// <summary>A row before and after; before is <see langword="null"/> where the journal had not seen it.</summary>
internal sealed record Change(int Job, Row? Before, Row After);
