using System.Globalization;

namespace Switchyard.Cron.English;

/// <summary>Joins and shapes words.</summary>
internal static class Words
{
    /// <summary>Joins by commas and a last word: "a, b and c".</summary>
    public static string Join(IEnumerable<string> items, string last = "and")
    {
        var all = items.ToArray();
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Ordinal(int value) => Number(value) + (value % 10, value / 10) switch
    {
        (1, not 1) => "st",
        (2, not 1) => "nd",
        (3, not 1) => "rd",
        _ => "th",
    };

    public static string Clock(int hour, int minute) => string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");
}
