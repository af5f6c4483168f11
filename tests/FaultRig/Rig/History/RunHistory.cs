namespace Switchyard.FaultRig.History;

/// <summary>A time in which the store, or the way to it, was not there.</summary>
internal sealed record Outage(long From, long To, string What);

/// <summary>Everything that is known of a run: what the processes wrote, what the rig did, and what the database holds.</summary>
internal sealed record RunHistory
{
    public required RigSettings Settings { get; init; }

    public required string Database { get; init; }

    public required IReadOnlyList<Life> Lives { get; init; }

    public required IReadOnlyList<JobRow> Jobs { get; init; }

    public required IReadOnlyList<AuditRow> Audit { get; init; }

    public required IReadOnlyList<EffectRow> Effects { get; init; }

    /// <summary>Gets the rows that were written in one transaction with a job of kind <c>order</c>.</summary>
    public required IReadOnlyList<string> Orders { get; init; }

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Gets the failpoints that code lists.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>Gets how often each fault was done.</summary>
    public IReadOnlyDictionary<string, int> Faults { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets whether everything came to its end before the deadline.</summary>
    public bool CameToRest { get; init; } = true;

    public TimeSpan Took { get; init; }

    public IEnumerable<Life> Workers => Lives.Where(life => life.Works);

    public IEnumerable<JournalEvent> Events(string what) => Lives.SelectMany(life => life.Events).Where(line => line.What == what);
}
