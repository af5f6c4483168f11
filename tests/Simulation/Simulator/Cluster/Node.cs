using Switchyard.Simulation.Plans;

namespace Switchyard.Simulation.Cluster;

/// <summary>A machine: the network to it, its clock, and the process that it runs now.</summary>
internal sealed class Node(int index, TimeSpan skew)
{
    public int Index { get; } = index;

    public string Name => Index < 0 ? "client" : $"n{Index}";

    public TimeSpan Skew { get; set; } = skew;

    /// <summary>Gets or sets until when calls and replies fail.</summary>
    public TimeSpan CutUntil { get; set; }

    /// <summary>Gets or sets until when calls and replies get lost without a word.</summary>
    public TimeSpan SilentUntil { get; set; }

    /// <summary>Gets or sets until when calls are slow.</summary>
    public TimeSpan SlowUntil { get; set; }

    /// <summary>Gets or sets until when signals don't arrive.</summary>
    public TimeSpan DeafUntil { get; set; }

    /// <summary>Gets the faults that wait for the next call.</summary>
    public List<Fault> ForNextCall { get; } = [];

    public Process? Process { get; set; }

    public int Starts { get; set; }

    /// <summary>Gets or sets whether a start is on the agenda.</summary>
    public bool WillStart { get; set; }
}
