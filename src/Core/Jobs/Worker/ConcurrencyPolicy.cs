namespace Switchyard.Jobs.Worker;

/// <summary>Decides how many handlers may run at once. Pure.</summary>
internal static class ConcurrencyPolicy
{
    /// <summary>From here on a call to the store is slow.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Gets the next limit: halved where the store failed, a quarter less where it is slow, and otherwise a tenth of the maximum more.</summary>
    /// <param name="current">The limit now.</param>
    /// <param name="max">The limit that is configured.</param>
    /// <param name="failed">Whether the call to the store failed.</param>
    /// <param name="took">How long it took.</param>
    public static int Next(int current, int max, bool failed, TimeSpan took)
    {
        var next = failed ? current / 2 : took >= Slow ? current * 3 / 4 : current + Math.Max(1, max / 10);
        return Math.Clamp(next, 1, max);
    }
}
