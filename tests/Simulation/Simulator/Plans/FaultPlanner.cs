using Switchyard.Simulation.Time;

namespace Switchyard.Simulation.Plans;

/// <summary>Draws the faults of a history: from 10 to 200, all over before the calm.</summary>
internal static class FaultPlanner
{
    private static readonly string[] Operations = ["claim", "start", "renew", "complete", "release", "enqueue"];

    public static IReadOnlyList<Fault> Make(Settings settings, IReadOnlyList<Errand> errands, Dice dice)
    {
        var count = 10 + dice.Below(dice.Chance(0.1) ? 191 : 31);

        // Each history leans to some kinds of faults, so that they meet more often than they would by chance.
        var kinds = Enum.GetValues<FaultKind>();
        var weights = kinds.Select(_ => dice.Chance(0.3) ? 4 : 1).ToArray();
        if (settings.IsBrisk)
        {
            // Jobs that wait in a worker's buffer are started by a call of its own; only a late one comes too late.
            weights[(int)FaultKind.LateCall] = 10;
        }

        TimeSpan[] busy = [.. errands.Select(errand => errand.At).Where(at => at < settings.CalmAt)];
        var instants = Enumerable.Range(0, count).Select(_ => DrawInstant(settings, busy, dice)).Order().ToArray();
        return [.. instants.Select((at, number) => Make(number, at, kinds[Weighted(weights, dice)], settings, dice))];
    }

    private static Fault Make(int number, TimeSpan at, FaultKind kind, Settings settings, Dice dice)
    {
        var isCall = kind is FaultKind.LostReply or FaultKind.FailedCall or FaultKind.DoubledCall or FaultKind.LateCall or FaultKind.CutOff or FaultKind.SlowStore;
        var node = isCall && dice.Chance(0.1) ? -1 : dice.Below(settings.Nodes);
        var most = kind switch
        {
            FaultKind.Crash => 3 * settings.Lease,
            FaultKind.Restart => settings.Lease,
            FaultKind.Pause => (dice.Chance(0.3) ? 10 : 2) * settings.Lease,
            FaultKind.CutOff or FaultKind.Silence => 3 * settings.Lease,
            FaultKind.SlowStore => 2 * settings.Lease,
            FaultKind.Deafness => 5 * settings.Lease,
            FaultKind.ClockJump => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        var least = kind == FaultKind.ClockJump ? -most : TimeSpan.Zero;
        var operation = dice.Chance(0.6) ? dice.Pick<string>(node < 0 ? ["enqueue"] : Operations) : null;
        if (kind == FaultKind.LateCall && settings.IsBrisk)
        {
            (operation, node) = ("claim", dice.Below(settings.Nodes));
        }

        return new Fault(number, at, node, kind, dice.Between(least, most), operation);
    }

    /// <summary>Draws when: now and then about when something is asked for, because most happens then.</summary>
    private static TimeSpan DrawInstant(Settings settings, TimeSpan[] busy, Dice dice)
    {
        if (busy.Length == 0 || dice.Chance(0.6))
        {
            return dice.Between(TimeSpan.Zero, settings.CalmAt);
        }

        var at = dice.Pick<TimeSpan>(busy) + dice.Between(settings.Lease / -2, settings.Lease / 4);
        return at > TimeSpan.Zero ? at : TimeSpan.Zero;
    }

    private static int Weighted(int[] weights, Dice dice)
    {
        var lot = dice.Below(weights.Sum());
        var index = 0;
        while (lot >= weights[index])
        {
            lot -= weights[index++];
        }

        return index;
    }
}
