namespace Switchyard.FaultRig.History;

/// <summary>How a process came to its end.</summary>
internal enum LifeEnd
{
    /// <summary>The rig sent SIGKILL.</summary>
    Killed,

    /// <summary>A failpoint killed it.</summary>
    FailPoint,

    /// <summary>A poisonous job killed it.</summary>
    Poison,

    /// <summary>It was told to stop, and did.</summary>
    Stopped,

    /// <summary>Nobody knows why.</summary>
    Unexpected,
}

/// <summary>A process from its start to its end.</summary>
internal sealed record Life
{
    private IReadOnlyList<JournalEvent>? _attempts;

    /// <summary>Gets the name, under which it claimed jobs.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<JournalEvent> Events { get; init; }

    /// <summary>Gets when the rig asked for the end, or else when the end was noticed.</summary>
    public required long EndedAt { get; init; }

    public required LifeEnd End { get; init; }

    /// <summary>Gets how long the orderly stop took, from the signal to the end of the process.</summary>
    public TimeSpan StopTook { get; init; }

    /// <summary>Gets the times in which it stood still.</summary>
    public IReadOnlyList<(long From, long To)> Pauses { get; init; } = [];

    /// <summary>Gets how long it took from the start of the process until it could work; <see langword="null"/> where it never could.</summary>
    public TimeSpan? StartTook { get; init; }

    /// <summary>Gets whether it ran jobs, rather than enqueued them.</summary>
    public bool Works { get; init; } = true;

    /// <summary>Gets what the end was, for people.</summary>
    public string Detail { get; init; } = "";

    private IReadOnlyList<JournalEvent> Attempts => _attempts ??= [.. Events.Where(line => line.What is "start" or "settled" or "released")];

    /// <summary>Gets the times in which it could work.</summary>
    public IEnumerable<(long From, long To)> UpTimes()
    {
        var from = Events.FirstOrDefault(line => line.What == "ready")?.At ?? EndedAt;
        foreach (var pause in Pauses.OrderBy(pause => pause.From))
        {
            yield return (from, Math.Min(pause.From, EndedAt));
            from = pause.To;
        }

        yield return (from, EndedAt);
    }

    /// <summary>Gets the attempts that were started and not settled at a time: their leases lived.</summary>
    public IReadOnlyList<(string Job, long Token)> HeldAt(long at)
    {
        var held = new HashSet<(string, long)>();
        foreach (var line in Attempts.TakeWhile(line => line.At <= at))
        {
            _ = line.What == "start" ? held.Add((line.Job, line.Token)) : held.Remove((line.Job, line.Token));
        }

        return [.. held];
    }
}
