using Switchyard.Jobs.Recurring;

namespace Switchyard.InMemory.Recurring;

/// <summary>Refuses what no store would keep, before anything is written.</summary>
internal static class RecurrenceLimits
{
    private const int Kind = 64;
    private const int Expression = 1000;
    private const int Zone = 128;

    public static void Check(Recurrence recurrence)
    {
        CheckLength(recurrence.Kind, Kind, nameof(recurrence.Kind));
        CheckLength(recurrence.Expression, Expression, nameof(recurrence.Expression));
        CheckLength(recurrence.TimeZone, Zone, nameof(recurrence.TimeZone));
        ArgumentOutOfRangeException.ThrowIfLessThan(recurrence.CatchUpWindow ?? TimeSpan.Zero, TimeSpan.Zero, nameof(recurrence.CatchUpWindow));
    }

    /// <summary>Tells whether two have the same definition, so that what holds for the one holds for the other.</summary>
    public static bool AreDefinedAlike(Recurrence one, Recurrence other) =>
        one with { NextAt = null, LastAt = null, Revision = 0 } == other with { NextAt = null, LastAt = null, Revision = 0 };

    private static void CheckLength(string value, int atMost, string name)
    {
        if (string.IsNullOrEmpty(value) || value.Length > atMost)
        {
            throw new ArgumentException($"{name} has {value?.Length ?? 0} characters; 1 to {atMost} are allowed.", name);
        }
    }
}
