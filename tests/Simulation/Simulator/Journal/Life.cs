namespace Switchyard.Simulation.Journal;

/// <summary>One process from its start to its end.</summary>
internal sealed class Life
{
    public required string Name { get; init; }

    /// <summary>Gets the name that it shows to the store.</summary>
    public required string Owner { get; init; }

    public required TimeSpan StartedAt { get; init; }

    /// <summary>Gets or sets when it was asked to stop.</summary>
    public TimeSpan? StoppingAt { get; set; }

    /// <summary>Gets or sets when it had stopped.</summary>
    public TimeSpan? StoppedAt { get; set; }

    /// <summary>Gets or sets when it was killed.</summary>
    public TimeSpan? KilledAt { get; set; }

    /// <summary>Gets or sets what ended its work though nobody asked it to stop.</summary>
    public string? BrokenBy { get; set; }

    /// <summary>Gets when it stood still, and when it went on.</summary>
    public List<(TimeSpan From, TimeSpan To)> Pauses { get; } = [];

    public TimeSpan? EndedAt => KilledAt ?? StoppedAt;

    /// <summary>Gets the first instant, not before the given one, at which the process could act.</summary>
    public TimeSpan AwakeAt(TimeSpan instant)
    {
        foreach (var (from, to) in Pauses)
        {
            if (from <= instant && instant < to)
            {
                instant = to;
            }
        }

        return instant;
    }
}
