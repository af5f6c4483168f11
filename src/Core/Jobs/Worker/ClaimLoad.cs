namespace Switchyard.Jobs.Worker;

/// <summary>Represents what the worker has in hand when it decides what to claim and to start.</summary>
internal readonly record struct ClaimLoad
{
    /// <summary>Gets how many slots are free.</summary>
    public required int Free { get; init; }

    /// <summary>Gets how many slots are free or will be soon: those of handlers that take long already don't count.</summary>
    public required int Turning { get; init; }

    /// <summary>Gets how many started jobs wait for a slot.</summary>
    public required int Ready { get; init; }

    /// <summary>Gets how many claimed jobs wait that are not started.</summary>
    public required int Waiting { get; init; }

    /// <summary>Gets how long a claim takes.</summary>
    public required TimeSpan RoundTrip { get; init; }

    /// <summary>Gets how long a slot is taken by one job; <see langword="null"/> where a kind of late is not known yet.</summary>
    public required TimeSpan? HandlerTime { get; init; }

    /// <summary>Gets how many jobs one claim may ask for.</summary>
    public required int MaxJobs { get; init; }

    /// <summary>Gets for how long ahead of their slot jobs may be started.</summary>
    public required TimeSpan StartAhead { get; init; }

    /// <summary>Gets how many claimed jobs have no slot yet.</summary>
    public int Buffered => Ready + Waiting;
}

/// <summary>Represents what to claim.</summary>
/// <param name="MaxJobs">How many to ask for; zero for no claim.</param>
/// <param name="StartAtOnce">How many of them the claim itself starts.</param>
/// <param name="StartAhead">How many of these have no slot yet.</param>
internal readonly record struct ClaimSize(int MaxJobs, int StartAtOnce, int StartAhead);
