using Switchyard.Cron.Expressions;

namespace Switchyard.Cron.English;

/// <summary>Says an expression in plain English.</summary>
internal static class Sentence
{
    public static string Of(CronExpression expression, string timeZone) =>
        $"{TimeWords.Of(expression)}, {DayWords.Of(expression)}, {ZoneWords(timeZone)}";

    private static string ZoneWords(string id) =>
        id is "UTC" || !id.Contains('/', StringComparison.Ordinal) || id.StartsWith("Etc/", StringComparison.Ordinal)
            ? id
            : $"{id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";
}
