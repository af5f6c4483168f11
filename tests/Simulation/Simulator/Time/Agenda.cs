namespace Switchyard.Simulation.Time;

/// <summary>Virtual time: what will happen, in order; what falls on the same instant is ordered by lot.</summary>
internal sealed class Agenda(Dice dice)
{
    private readonly PriorityQueue<Happening, (TimeSpan At, ulong Lot)> _happenings = new();

    public TimeSpan Now { get; private set; }

    public Happening Add(TimeSpan delay, IPausable? process, Action act) => AddAt(Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero), process, act);

    public Happening AddAt(TimeSpan at, IPausable? process, Action act)
    {
        var happening = new Happening(at > Now ? at : Now, process, act);
        _happenings.Enqueue(happening, (happening.At, dice.Next()));
        return happening;
    }

    /// <summary>Lets the next thing happen, with the clock moved to it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Step()
    {
        while (_happenings.TryDequeue(out var next, out _))
        {
            if (next.IsOff || next.Process is { IsDead: true })
            {
                continue;
            }

            Now = next.At;
            if (next.Process is { IsPaused: true } paused)
            {
                paused.Hold(next);
                continue;
            }

            next.Act();
            return true;
        }

        return false;
    }
}
