namespace Switchyard.Simulation.Plans;

/// <summary>Everything about a history that its seed decides beforehand.</summary>
internal sealed record Plan
{
    public required ulong Seed { get; init; }

    public required Settings Settings { get; init; }

    public required IReadOnlyList<Script> Scripts { get; init; }

    public required IReadOnlyList<Errand> Errands { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>Gets the orderly restarts when nothing is wrong any more.</summary>
    public required IReadOnlyList<Fault> Restarts { get; init; }

    /// <summary>Gets when nothing is asked for any more.</summary>
    public TimeSpan LastErrandAt => Errands.Select(errand => errand.At).Concat(Restarts.Select(restart => restart.At)).Append(Settings.SettledAt).Max();

    /// <summary>Gets by how much the wall clock of each node is ahead at first.</summary>
    public required IReadOnlyList<TimeSpan> Skews { get; init; }
}
