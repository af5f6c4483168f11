namespace Switchyard.Benchmarks.Recurring;

/// <summary>Holds what the comparator did where the bounds were set.</summary>
internal static class RecurringLimits
{
    /// <summary>The rows of a firing by prepared batches of 1,000 over one connection, recurrences a second.</summary>
    public const double BareFiring = 39_000;
}
