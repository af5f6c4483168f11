namespace Switchyard.FaultRig.Processes;

/// <summary>What the next process of a node is started with.</summary>
/// <param name="FailPoint">What goes wrong in it, such as <c>complete.after:kill:3</c>; nothing where it is empty.</param>
internal sealed record LifeSpec(string FailPoint)
{
    public static LifeSpec Plain { get; } = new("");

    /// <summary>Gets whether the point is only passed when the process is told to stop while it works.</summary>
    public bool NeedsStop => FailPoint.StartsWith("release.", StringComparison.Ordinal);
}
