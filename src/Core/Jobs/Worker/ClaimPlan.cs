namespace Switchyard.Jobs.Worker;

/// <summary>Decides how many jobs to claim and to start. Pure.</summary>
/// <remarks>
/// A worker of tiny handlers asks for what its slots get through while two claims are under way, so that it never runs dry. One of slow
/// handlers, or of handlers that it doesn't know yet, asks for its free slots and no more: what it doesn't hold another node may run.
/// </remarks>
internal static class ClaimPlan
{
    /// <summary>How long a job may wait for a slot of this process before it is left to others.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);

    // Below these, what is measured is the clock and the scheduler, and the quotient of two tiny numbers is anything.
    private static readonly TimeSpan ShortestHandler = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan ShortestRoundTrip = TimeSpan.FromMicroseconds(500);

    /// <summary>Gets what to claim now.</summary>
    public static ClaimSize Next(in ClaimLoad load)
    {
        var reserve = Reserve(load);
        if (load.Free <= load.Buffered && load.Buffered > reserve / 2)
        {
            return default;
        }

        var jobs = Math.Clamp(load.Free + reserve - load.Buffered, 0, load.MaxJobs);
        var start = Math.Clamp(load.Free + Ahead(load) - load.Buffered, 0, jobs);
        return new ClaimSize(jobs, start, start - Math.Clamp(load.Free - load.Buffered, 0, start));
    }

    /// <summary>Gets how many of the jobs that wait to start now: those that have a slot, and those that will have one within <see cref="ClaimLoad.StartAhead"/>.</summary>
    public static int Start(in ClaimLoad load)
    {
        var ahead = Ahead(load);
        return load.Free <= load.Ready && load.Ready > ahead / 2 ? 0 : Math.Clamp(load.Free + ahead - load.Ready, 0, load.Waiting);
    }

    /// <summary>How many jobs to hold beyond the free slots: from the half of it on the next claim is made.</summary>
    private static int Reserve(in ClaimLoad load)
    {
        var roundTrip = load.RoundTrip > ShortestRoundTrip ? load.RoundTrip : ShortestRoundTrip;
        return Within(load, 2 * roundTrip < LongestWait ? 2 * roundTrip : LongestWait);
    }

    private static int Ahead(in ClaimLoad load) => Within(load, load.StartAhead);

    /// <summary>How many jobs find a slot within a time.</summary>
    private static int Within(in ClaimLoad load, TimeSpan time)
    {
        if (load.HandlerTime is not { } handler)
        {
            return 0;
        }

        var jobs = load.Turning * (time / (handler > ShortestHandler ? handler : ShortestHandler));
        return (int)Math.Min(jobs, load.MaxJobs);
    }
}
