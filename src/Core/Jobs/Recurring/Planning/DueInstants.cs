using Switchyard.Cron;

namespace Switchyard.Jobs.Recurring.Planning;

/// <summary>Represents nominal instants that have come and have no outcome, the earliest first.</summary>
/// <param name="Instants">The instants.</param>
/// <param name="Next">The instant after them: in the future, unless <paramref name="IsCut"/>.</param>
/// <param name="IsCut">Whether more have come than one plan deals with.</param>
internal sealed record DueInstants(IReadOnlyList<DateTimeOffset> Instants, DateTimeOffset? Next, bool IsCut)
{
    /// <summary>The most that one plan deals with: some milliseconds of work under the lock of a row.</summary>
    public const int Most = 5_000;

    /// <summary>Lists them from the one that the recurrence waits for.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="first">The instant that the recurrence waits for.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="left">How many of the latest to leave for later where more have come, so that whichever may still fire is judged with all that come after it.</param>
    public static DueInstants List(CronSchedule schedule, DateTimeOffset first, DateTimeOffset now, int left)
    {
        var instants = new List<DateTimeOffset>();
        DateTimeOffset? next = first;
        while (next <= now && instants.Count < Most)
        {
            instants.Add(next.Value);
            next = schedule.Next(next.Value);
        }

        return next <= now ? new DueInstants(instants[..^left], instants[^left], IsCut: true) : new DueInstants(instants, next, IsCut: false);
    }
}
