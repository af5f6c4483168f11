namespace Switchyard.Jobs;

/// <summary>Computes waits: pure, so that a retry is a row and nothing waits in memory.</summary>
internal static class RetryPolicy
{
    /// <summary>Gets the wait between an attempt that failed and the next.</summary>
    /// <param name="attempt">The attempt that failed, counted from 1.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="randomizer">Gives numbers from 0 to 1.</param>
    public static TimeSpan NextDelay(int attempt, RetryOptions options, Func<double> randomizer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);

        // The power is infinite soon; the cap must come before anything is multiplied with it, or 0 × ∞ is no number.
        var growth = Math.Min(Math.Pow(options.Factor, attempt - 1), double.MaxValue);
        var delay = Math.Min(options.FirstDelay.Ticks * growth, options.MaxDelay.Ticks);
        var jittered = delay * (1 + options.Jitter * (2 * randomizer() - 1));
        return TimeSpan.FromTicks((long)Math.Clamp(jittered, 0, options.MaxDelay.Ticks));
    }
}
