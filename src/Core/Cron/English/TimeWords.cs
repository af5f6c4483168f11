using System.Globalization;
using Switchyard.Cron.Expressions;

namespace Switchyard.Cron.English;

/// <summary>Says the times of a day.</summary>
internal static class TimeWords
{
    private const int MostTimes = 6;

    public static string Of(CronExpression expression)
    {
        var (second, minute, hour) = (expression.Second, expression.Minute, expression.Hour);
        var isListed = hour.Count * minute.Count <= MostTimes;
        if (second.Count > 1)
        {
            return isListed ? $"{Seconds(second)} of {Times(hour, minute, 0)}" : Join(Seconds(second), MinutesHit(minute), Hours(hour));
        }

        if (isListed)
        {
            return $"At {Times(hour, minute, second.First)}";
        }

        return second.First == 0 ? Minutes(minute, hour) : Join($"At {Second(second.First)} past the minute", MinutesHit(minute), Hours(hour));
    }

    private static string Times(FieldSet hour, FieldSet minute, int second) =>
        Words.Join(from h in hour.List() from m in minute.List() select Words.Clock(h, m) + (second == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{second:00}")));

    private static string Seconds(FieldSet second) => Every(second, FieldKind.Second) switch
    {
        1 => "Every second",
        { } step => $"Every {Words.Number(step)} seconds",
        null => $"At {Words.Join(second.List().Select(Words.Number))} seconds past the minute",
    };

    private static string Second(int second) => second == 1 ? "1 second" : $"{Words.Number(second)} seconds";

    private static string Minutes(FieldSet minute, FieldSet hour)
    {
        if (minute.Count == 1 && Every(hour, FieldKind.Hour) is > 1 and { } hours)
        {
            return $"Every {Words.Number(hours)} hours from {Words.Clock(0, minute.First)}";
        }

        if (minute.Count == 1 && Range(hour) is var (first, last))
        {
            return hour.Count < 24 ? $"Every hour from {Words.Clock(first, minute.First)} to {Words.Clock(last, minute.First)}"
                : minute.First == 0 ? "Every hour, on the hour"
                : $"Every hour at {Words.Number(minute.First)} {(minute.First == 1 ? "minute" : "minutes")} past";
        }

        var words = Every(minute, FieldKind.Minute) switch
        {
            1 => "Every minute",
            { } step => $"Every {Words.Number(step)} minutes",
            null when minute.Values == 1 => "On the hour",
            null => $"At {Words.Join(minute.List().Select(Words.Number))} minutes past the hour",
        };
        return Join(words, "", Hours(hour));
    }

    // Which minutes, where the seconds have been said.
    private static string MinutesHit(FieldSet minute) => Every(minute, FieldKind.Minute) switch
    {
        1 => "",
        { } step => $"in every {Words.Ordinal(step)} minute",
        null => $"in {(minute.Count == 1 ? "minute" : "minutes")} {Words.Join(minute.List().Select(Words.Number))} of the hour",
    };

    private static string Hours(FieldSet hour)
    {
        if (hour.Count == 24)
        {
            return "";
        }

        return Range(hour) is var (first, last) ? $"from {Words.Clock(first, 0)} to {Words.Clock(last, 59)}"
            : Every(hour, FieldKind.Hour) is { } step ? $"in every {Words.Ordinal(step)} hour from 00:00"
            : $"in the hours from {Words.Join(hour.List().Select(value => Words.Clock(value, 0)))}";
    }

    /// <summary>Gets the step of several values that come evenly round the clock, 1 for all of them, else null.</summary>
    private static int? Every(FieldSet field, FieldKind kind)
    {
        var size = kind.Maximum + 1;
        var step = size / field.Count;
        return field.Count > 1 && step * field.Count == size && field.List().Select((value, index) => value == index * step).All(fits => fits) ? step : null;
    }

    private static (int First, int Last)? Range(FieldSet field) => field.Last - field.First + 1 == field.Count ? (field.First, field.Last) : null;

    private static string Join(params string[] parts) => string.Join(", ", parts.Where(part => part.Length > 0));
}
