namespace Switchyard.Simulation.Journal;

/// <summary>One run of a handler.</summary>
internal sealed class HandlerRun
{
    public required Life Process { get; init; }

    public required Ticket Ticket { get; init; }

    public required int Attempt { get; init; }

    public required TimeSpan StartedAt { get; init; }

    /// <summary>Gets or sets when its token was cancelled.</summary>
    public TimeSpan? CancelledAt { get; set; }

    /// <summary>Gets or sets when it ended.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>Gets or sets how it ended.</summary>
    public RunEnd End { get; set; }

    /// <summary>Gets or sets the wait that it asked for.</summary>
    public TimeSpan? Wait { get; set; }

    /// <summary>Gets or sets the jobs that it returned as effects.</summary>
    public IReadOnlyList<int> Continuations { get; set; } = [];
}

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    None,
    Succeeded,
    Failed,
    Retry,
    Threw,
    GaveUp,
}
