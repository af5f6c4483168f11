namespace Switchyard.Simulation.Plans;

/// <summary>A fault that is done to a node.</summary>
/// <param name="Number">Its place in the plan, which names it in a replay.</param>
/// <param name="At">When it begins.</param>
/// <param name="Node">The node, or -1 for the client.</param>
/// <param name="Kind">What.</param>
/// <param name="Length">How long it lasts; for a clock, by how much it jumps.</param>
/// <param name="Operation">The operation that it waits for, where it is done to the next call; <see langword="null"/> for any.</param>
internal sealed record Fault(int Number, TimeSpan At, int Node, FaultKind Kind, TimeSpan Length, string? Operation = null)
{
    public override string ToString() => $"fault {Number}: {Kind} of {(Node < 0 ? "the client" : $"n{Node}")} at {At:c}, {Length:c}{(Operation is null ? "" : $", next {Operation}")}";
}

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>The process is gone at once, and another starts after a while.</summary>
    Crash,

    /// <summary>The process is asked to stop, and another starts after a while.</summary>
    Restart,

    /// <summary>The process stands still: timers and replies reach it when it goes on.</summary>
    Pause,

    /// <summary>Calls fail, and replies that are under way are lost.</summary>
    CutOff,

    /// <summary>Calls and replies get lost without a word.</summary>
    Silence,

    /// <summary>Calls take up to a lease.</summary>
    SlowStore,

    /// <summary>The next call is done, but its reply is an error.</summary>
    LostReply,

    /// <summary>The next call fails before it is done.</summary>
    FailedCall,

    /// <summary>The next call reaches the store twice.</summary>
    DoubledCall,

    /// <summary>The next call takes about a lease to and fro. A claim is one that fills a buffer, and the start after it is late too.</summary>
    LateCall,

    /// <summary>The wall clock jumps.</summary>
    ClockJump,

    /// <summary>Signals don't reach the node.</summary>
    Deafness,
}
