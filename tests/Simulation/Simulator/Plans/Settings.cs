namespace Switchyard.Simulation.Plans;

/// <summary>How the cluster of one history is set up.</summary>
internal sealed record Settings
{
    /// <summary>The kind whose running jobs are limited.</summary>
    public const string LimitedKind = "load";

    /// <summary>The kind that is paused for a while.</summary>
    public const string PausedKind = "send";

    public required int Nodes { get; init; }

    public required TimeSpan Lease { get; init; }

    public required TimeSpan Poll { get; init; }

    public required TimeSpan Grace { get; init; }

    public required int Concurrency { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan RetryFirst { get; init; }

    public required double RetryFactor { get; init; }

    public required TimeSpan RetryMax { get; init; }

    public required double RetryJitter { get; init; }

    /// <summary>Gets whether a node that restarts keeps its worker's name.</summary>
    public required bool KeepsNames { get; init; }

    /// <summary>Gets the longest that a call takes one way when nothing is wrong, beside a millisecond.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Gets whether most handlers take a few milliseconds, so that workers hold jobs in advance.</summary>
    public required bool IsBrisk { get; init; }

    /// <summary>Gets when <see cref="PausedKind"/> is paused, and when it goes on.</summary>
    public required (TimeSpan From, TimeSpan To)? Pause { get; init; }

    /// <summary>Gets how long before its slot is free a worker may start a job.</summary>
    public required TimeSpan StartAhead { get; init; }

    /// <summary>Gets how many jobs a worker may claim at once.</summary>
    public required int MaxClaim { get; init; }

    /// <summary>Gets how many of <see cref="LimitedKind"/> may run.</summary>
    public required int? MaxRunning { get; init; }

    /// <summary>Gets how many of them with one concurrency key may run.</summary>
    public required int? MaxRunningPerKey { get; init; }

    /// <summary>Gets when the last fault is over.</summary>
    public required TimeSpan CalmAt { get; init; }

    /// <summary>Gets when the traces of the faults are over too: hanging calls, backoffs and lost leases.</summary>
    public required TimeSpan SettledAt { get; init; }

    /// <summary>Gets when the history has failed unless everything is done.</summary>
    public TimeSpan Deadline => SettledAt + TimeSpan.FromHours(4);
}
