namespace Switchyard.Scheduling.Delivering;

/// <summary>Computes the wait between two attempts. Pure.</summary>
internal static class DeliveryRetry
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>Gets the wait after an attempt that failed: the base, doubled with each attempt, ± jitter, up to a day.</summary>
    /// <param name="attempt">Which attempt of the firing, or of its replay, failed: counted from 1.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="retryAfter">What the receiver asked for; the wait is never shorter than either.</param>
    public static TimeSpan Delay(int attempt, SchedulingOptions options, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);

        // The power is infinite soon; the cap must come before anything is multiplied with it, or 0 × ∞ is no number.
        var growth = Math.Min(Math.Pow(2, attempt - 1), double.MaxValue);
        var delay = Math.Min(options.RetryBaseDelay.Ticks * growth, LongestDelay.Ticks);
        var jittered = delay * (1 + (options.RetryJitter * ((2 * options.Randomizer()) - 1)));
        var policy = TimeSpan.FromTicks((long)Math.Clamp(jittered, 0, LongestDelay.Ticks));
        return retryAfter > policy ? retryAfter.Value : policy;
    }
}
