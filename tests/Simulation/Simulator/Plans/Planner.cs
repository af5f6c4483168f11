using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Plans;

/// <summary>Makes the plan of a seed.</summary>
internal static class Planner
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(39);

    public static Plan Make(ulong seed)
    {
        var dice = new Dice(seed * 7919 + 17);
        var settings = MakeSettings(dice.Split());
        var (scripts, errands) = JobPlanner.Make(settings, dice.Split());
        var chance = dice.Split();
        return new Plan
        {
            Seed = seed,
            Settings = settings,
            Scripts = scripts,
            Errands = errands,
            Faults = FaultPlanner.Make(settings, errands, dice.Split()),
            Restarts = MakeRestarts(settings, errands, chance),
            Skews = [.. Enumerable.Range(0, settings.Nodes).Select(_ => chance.Between(TimeSpan.FromHours(-1), TimeSpan.FromHours(1)))],
        };
    }

    private static Fault[] MakeRestarts(Settings settings, IReadOnlyList<Errand> errands, Dice dice)
    {
        TimeSpan[] busy = [.. errands.Select(errand => errand.At).Where(at => at > settings.SettledAt)];
        return [.. Enumerable.Range(0, settings.Nodes)
            .Where(_ => dice.Chance(0.5))
            .Select(node => new Fault(-1 - node, DrawRestart(settings, busy, dice), node, FaultKind.Restart, dice.Between(TimeSpan.Zero, settings.Lease / 2)))];
    }

    /// <summary>Draws when: where workers hold jobs in advance, just when there are some.</summary>
    private static TimeSpan DrawRestart(Settings settings, TimeSpan[] busy, Dice dice) =>
        settings.IsBrisk && busy.Length > 0
            ? dice.Pick<TimeSpan>(busy) + dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(80))
            : settings.SettledAt + dice.Between(TimeSpan.Zero, 5 * settings.Lease);

    private static Settings MakeSettings(Dice dice)
    {
        var isBrisk = dice.Chance(0.3);
        var lease = TimeSpan.FromSeconds(dice.Pick(6, 12, 30, 60));
        var calmAt = lease * (6 + dice.Below(dice.Chance(0.1) ? 60 : 14));
        return new Settings
        {
            Nodes = 1 + dice.Below(isBrisk ? 2 : 5),
            Lease = lease,
            Poll = lease / dice.Pick(1, 2, 6),
            Grace = dice.Pick(TimeSpan.Zero, lease / 3, lease),
            Concurrency = dice.Pick(1, 2, 4, 8),
            AttemptTimeout = lease * dice.Pick(4, 20),
            RetryFirst = TimeSpan.FromSeconds(dice.Pick(1, 5)),
            RetryFactor = dice.Pick(1.0, 2.0, 3.0),
            RetryMax = TimeSpan.FromSeconds(dice.Pick(30, 120)),
            RetryJitter = dice.Pick(0.0, 0.2, 1.0),
            KeepsNames = dice.Chance(0.5),
            Latency = TimeSpan.FromMilliseconds(dice.Pick(1, 3, 20)),
            IsBrisk = isBrisk,
            StartAhead = TimeSpan.FromMilliseconds(dice.Pick(0, 5)),
            MaxClaim = dice.Pick(2, 10, 500),
            Pause = dice.Chance(0.2) ? (calmAt * (0.1 * dice.Below(5)), calmAt * (0.5 + 0.1 * dice.Below(5))) : null,
            MaxRunning = dice.Chance(0.2) ? 1 + dice.Below(3) : null,
            MaxRunningPerKey = dice.Chance(0.3) ? 1 + dice.Below(2) : null,
            CalmAt = calmAt,
            SettledAt = calmAt + 3 * lease + LongestBackoff * 2,
        };
    }
}
