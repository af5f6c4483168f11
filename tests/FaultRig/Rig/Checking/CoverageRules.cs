using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>Whether the run attacked what it should have: a run that hits nothing proves nothing.</summary>
internal static class CoverageRules
{
    public const double LeastShareOfLiveKills = 0.8;

    public static IEnumerable<Violation> Check(RunHistory history)
    {
        var (live, kills) = LiveKills(history);
        if (kills == 0 || live < LeastShareOfLiveKills * kills)
        {
            yield return new Violation(Rules.LiveKills, $"only {live} of {kills} kills hit a process that held a lease");
        }

        if (history.Settings.IsFull)
        {
            var fired = Fired(history);
            foreach (var point in Points(history).Where(point => !fired.Contains(point)))
            {
                yield return new Violation(Rules.PointsMet, $"{point} never fired");
            }
        }
    }

    /// <summary>Counts the kills at random times, and those that hit a process with an unsettled attempt.</summary>
    public static (int Live, int Kills) LiveKills(RunHistory history)
    {
        var killed = history.Workers.Where(life => life.End == LifeEnd.Killed).ToArray();
        return (killed.Count(life => life.HeldAt(life.EndedAt).Count > 0), killed.Length);
    }

    /// <summary>Gets the points that the code lists and those that were passed.</summary>
    public static IReadOnlyList<string> Points(RunHistory history) =>
        [.. history.Points.Concat(history.Events("passed").Select(line => line.Details[0])).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Gets the points that failed in some way at least once.</summary>
    public static IReadOnlySet<string> Fired(RunHistory history) => history.Events("fired").Select(line => line.Details[0]).ToHashSet();
}
