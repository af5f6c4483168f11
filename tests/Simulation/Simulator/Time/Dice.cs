namespace Switchyard.Simulation.Time;

/// <summary>Draws numbers from a seed, the same on every machine and version (the SplitMix64 generator).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Draws from 0, inclusive, to a bound, exclusive.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Draws from 0, inclusive, to 1, exclusive.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a time in whole milliseconds, both bounds included.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(Next() % (ulong)((most - least).TotalMilliseconds + 1));

    public bool Chance(double share) => Fraction() < share;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Makes dice of their own for one purpose, so that drawing more here changes nothing there.</summary>
    public Dice Split() => new(Next());
}
