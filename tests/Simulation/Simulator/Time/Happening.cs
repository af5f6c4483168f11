namespace Switchyard.Simulation.Time;

/// <summary>Something that will happen at an instant, unless it is called off.</summary>
/// <param name="at">When, in virtual time.</param>
/// <param name="process">The process that it happens to, or <see langword="null"/> for the world.</param>
/// <param name="act">What.</param>
internal sealed class Happening(TimeSpan at, IPausable? process, Action act)
{
    public TimeSpan At { get; } = at;

    public IPausable? Process { get; } = process;

    public Action Act { get; } = act;

    public bool IsOff { get; private set; }

    public void CallOff() => IsOff = true;
}

/// <summary>A process whose happenings can be held back, or are dropped because it is dead.</summary>
internal interface IPausable
{
    bool IsDead { get; }

    bool IsPaused { get; }

    /// <summary>Keeps what would have happened while the process stood still.</summary>
    void Hold(Happening happening);
}
