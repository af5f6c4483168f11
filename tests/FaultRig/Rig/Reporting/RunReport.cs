using Switchyard.FaultRig.Checking;
using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Reporting;

/// <summary>What a run came to, in numbers.</summary>
internal sealed record RunReport
{
    public required string Database { get; init; }

    public required int Seed { get; init; }

    public required double Minutes { get; init; }

    public required double LeaseSeconds { get; init; }

    /// <summary>Gets how long a process takes to start, which tells how busy the machine was.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>Gets how often each fault was done.</summary>
    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    public required int Processes { get; init; }

    public required int Kills { get; init; }

    /// <summary>Gets the kills of workers at random times.</summary>
    public required int RandomKills { get; init; }

    /// <summary>Gets those of them that hit a process which held a live lease.</summary>
    public required int LiveKills { get; init; }

    public required int Accepted { get; init; }

    public required int Attempts { get; init; }

    /// <summary>Gets how many leases were lost, and taken back by the store.</summary>
    public required int LeasesLost { get; init; }

    /// <summary>Gets how many results came too late and changed nothing.</summary>
    public required int Discarded { get; init; }

    public required int Recoveries { get; init; }

    public required double RecoveryP50 { get; init; }

    public required double RecoveryP99 { get; init; }

    public required double RecoveryMax { get; init; }

    /// <summary>Gets the longest stop, in seconds.</summary>
    public required double LongestStop { get; init; }

    public required int PointsPassed { get; init; }

    public required IReadOnlyList<string> PointsFired { get; init; }

    public required IReadOnlyList<string> PointsNeverFired { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Gets how many promises were broken; that the run missed a failpoint is a fault of the run.</summary>
    public int Failures => Violations.Count(violation => violation.Rule != Rules.PointsMet);

    public static RunReport Of(RunHistory history)
    {
        var recovery = Recovery.All(history).Where(entry => !entry.Disturbed).Select(entry => entry.Took.TotalSeconds).Order().ToArray();
        var (live, kills) = CoverageRules.LiveKills(history);
        var (points, fired) = (CoverageRules.Points(history), CoverageRules.Fired(history));
        return new RunReport
        {
            Database = history.Database,
            Seed = history.Settings.Seed,
            Minutes = Math.Round(history.Took.TotalMinutes, 1),
            LeaseSeconds = Math.Round(history.Settings.Lease.TotalSeconds, 1),
            StartSeconds = Math.Round(Recovery.UsualStart(history).TotalSeconds, 1),
            Faults = history.Faults.Concat(AtFailPoints(history)).ToDictionary(),
            Processes = history.Lives.Count,
            Kills = history.Lives.Count(life => life.End is LifeEnd.Killed or LifeEnd.FailPoint or LifeEnd.Poison),
            RandomKills = kills,
            LiveKills = live,
            Accepted = history.Events("accepted").Select(line => line.Job).Distinct().Count(),
            Attempts = history.Events("start").Count(),
            LeasesLost = history.Audit.Count(row => row is { Before.State: States.Running, After: not null } && row.After.Token > row.Before.Token),
            Discarded = history.Events("settled").Count(line => line.Details[2] == "LeaseLost"),
            Recoveries = recovery.Length,
            RecoveryP50 = At(recovery, 0.50),
            RecoveryP99 = At(recovery, 0.99),
            RecoveryMax = At(recovery, 1),
            LongestStop = Math.Round(history.Workers.Where(life => life.End == LifeEnd.Stopped).Select(life => life.StopTook.TotalSeconds).DefaultIfEmpty().Max(), 1),
            PointsPassed = points.Count,
            PointsFired = [.. fired.Order(StringComparer.Ordinal)],
            PointsNeverFired = [.. points.Where(point => !fired.Contains(point))],
            Violations = Checker.Check(history),
        };
    }

    private static IEnumerable<KeyValuePair<string, int>> AtFailPoints(RunHistory history) =>
        history.Events("fired").GroupBy(line => line.Details[1]).OrderBy(lines => lines.Key, StringComparer.Ordinal)
            .Select(lines => KeyValuePair.Create($"failpoint: {lines.Key.ToLowerInvariant()}", lines.Count()));

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)], 1);
}
