using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>How processes ended, and what they left.</summary>
internal static class ProcessRules
{
    /// <summary>The grace of a stop (1 s), what the worker adds to it at the most (7 s).</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);

    private const int CallsPerSecond = 5;

    public static IEnumerable<Violation> Check(RunHistory history) => [.. NobodyDies(history), .. StopsInOrder(history), .. OthersFlow(history), .. NoBusyLoop(history)];

    private static IEnumerable<Violation> NobodyDies(RunHistory history) =>
        history.Lives.Where(life => life.End == LifeEnd.Unexpected).Select(life => new Violation(Rules.NobodyDies, $"{life.Name} ended with {life.Detail}"));

    private static IEnumerable<Violation> StopsInOrder(RunHistory history)
    {
        var stopped = history.Workers.Where(life => life.End == LifeEnd.Stopped).ToDictionary(life => life.Name);
        foreach (var life in stopped.Values.Where(life => life.StopTook > LongestStop + Recovery.Slack(history) && !TouchesOutage(history, life)))
        {
            yield return new Violation(Rules.StopsInOrder, $"{life.Name} took {life.StopTook} to stop");
        }

        // A lease that is taken back after its owner stopped in order was left behind by it.
        foreach (var row in history.Audit.Where(row => row is { Before.State: States.Running, After: not null } && row.After.Token > row.Before.Token))
        {
            if (stopped.TryGetValue(row.Before!.Owner ?? "", out var life) && row.At > life.EndedAt + RigClock.Micros(life.StopTook) && !TouchesOutage(history, life))
            {
                yield return new Violation(Rules.StopsInOrder, $"{row.Job} was left to its lease by {life.Name}, which had stopped");
            }
        }
    }

    /// <summary>While a poisoned job is about, some other succeeds, if one waits and a worker is up for long enough.</summary>
    private static IEnumerable<Violation> OthersFlow(RunHistory history)
    {
        var up = Recovery.UpTimes(history);
        var enough = 2 * history.Settings.Lease + history.Settings.Poll + Recovery.Slack(history);
        var spans = history.Audit.GroupBy(row => row.Job).ToDictionary(rows => rows.Key, rows => (From: rows.Min(row => row.At), To: rows.Max(row => row.At)));
        var ends = history.Audit.Where(row => row.After is { State: States.Succeeded }).Select(row => row.At).ToArray();
        foreach (var poison in history.Jobs.Where(job => job is { Kind: "poison", State: States.DeadLetter }))
        {
            var (from, to) = spans[poison.Id];
            var waited = spans.Any(other => other.Key != poison.Id && other.Value.From < from && other.Value.To > to);
            if (waited && Recovery.UpWithin(up, from, to) > enough && !ends.Any(at => at > from && at < to))
            {
                yield return new Violation(Rules.OthersFlow, $"no job succeeded while {poison.Id} killed process after process");
            }
        }
    }

    /// <summary>Calls of one kind that fail within a second in one process. The submitter is the rig's own and has a pace of its own.</summary>
    private static IEnumerable<Violation> NoBusyLoop(RunHistory history) =>
        from life in history.Workers
        from calls in life.Events.Where(line => line.What == "failed").GroupBy(line => (Operation: line.Details[0], Second: line.At / 1_000_000))
        where calls.Count() > CallsPerSecond
        select new Violation(Rules.NoBusyLoop, $"{life.Name} failed at {calls.Key.Operation} {calls.Count()} times within a second");

    /// <summary>A claim whose reply was lost may have been made: nobody can give back what nobody knows of, and its lease runs out.</summary>
    private static bool TouchesOutage(RunHistory history, Life life) =>
        life.Events.Any(line => line.What == "failed" && line.Details[0] == "claim" && line.At > life.EndedAt - 2 * RigClock.Micros(history.Settings.Lease)) ||
        history.Outages.Any(outage => outage.From < life.EndedAt + RigClock.Micros(life.StopTook) && outage.To + RigClock.Micros(Recovery.Backoff) > life.EndedAt);
}
