using Switchyard.Jobs.Recurring;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Checks what a recurrence says of itself; what breaks a rule is the caller's error.</summary>
internal static class RecurrenceRules
{
    private const int KindLength = 64;
    private const int ExpressionLength = 1000;
    private const int ZoneLength = 128;

    public static void Check(Recurrence recurrence)
    {
        CheckText(recurrence.Kind, nameof(Recurrence.Kind), KindLength);
        CheckText(recurrence.Expression, nameof(Recurrence.Expression), ExpressionLength);
        CheckText(recurrence.TimeZone, nameof(Recurrence.TimeZone), ZoneLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(recurrence.CatchUpWindow ?? TimeSpan.Zero, TimeSpan.Zero, nameof(Recurrence.CatchUpWindow));
        if (recurrence.Template is { } template && !StoredText.IsStorable(template))
        {
            throw new ArgumentException("Template holds a NUL or half of a surrogate pair, which databases can't store; JSON escapes both.", nameof(recurrence));
        }
    }

    /// <summary>Tells whether two have the same definition, so that what holds for the one holds for the other.</summary>
    public static bool AreDefinedAlike(Recurrence one, Recurrence other) =>
        one.Kind == other.Kind && one.Expression == other.Expression && one.TimeZone == other.TimeZone && one.Enabled == other.Enabled
        && one.MisfirePolicy == other.MisfirePolicy && one.CatchUpWindow == other.CatchUpWindow && one.OverlapPolicy == other.OverlapPolicy
        && one.Template == other.Template;

    private static void CheckText(string? text, string name, int maxLength)
    {
        if (string.IsNullOrEmpty(text) || text.Length > maxLength || !StoredText.IsStorable(text))
        {
            throw new ArgumentException($"{name} has {text?.Length ?? 0} characters; it has 1 to {maxLength}, none of them NUL or half of a surrogate pair.", name);
        }
    }
}
