namespace Switchyard.Simulation.Plans;

/// <summary>What a client asks of the cluster at an instant.</summary>
internal sealed record Errand(TimeSpan At, ErrandKind Kind, IReadOnlyList<int> Scripts);

/// <summary>What a client asks for.</summary>
internal enum ErrandKind
{
    Enqueue,
    Cancel,
    Replay,
}
