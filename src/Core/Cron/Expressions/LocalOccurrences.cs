using System.Globalization;
using System.Numerics;
using NCrontab;

namespace Switchyard.Cron.Expressions;

/// <summary>Finds the local times that an expression names, by NCrontab, which knows no zones.</summary>
/// <remarks>
/// NCrontab joins day of month and day of week by "and", so that "or" takes two of its schedules. It gets ranges and lists of
/// numbers alone, of which all that it reads in ways of its own (names, reversed ranges, steps, 7) has been taken out. It is asked for minutes alone: with
/// seconds it passes over the first ones of a minute that it moves on to (0,45 30 2 * * * after 02:00 gives 02:30:45).
/// </remarks>
internal sealed class LocalOccurrences
{
    /// <summary>Says that there is no further local time.</summary>
    public const long None = long.MaxValue;

    // Exclusive, and above the end of schedules (see CronSchedule): its own default would be walked to for a date that never comes.
    private static readonly DateTime End = new(9999, 12, 31);

    private readonly CrontabSchedule _first;
    private readonly CrontabSchedule? _second;
    private readonly FieldSet _seconds;

    public LocalOccurrences(CronExpression expression)
    {
        _seconds = expression.Second;
        if (!expression.EitherDay)
        {
            _first = Create(expression, expression.DayOfMonth, expression.DayOfWeek);
            return;
        }

        var anyDate = new FieldSet(FieldKind.DayOfMonth.Every, BeginsWithStar: true, IsInterval: true);
        var anyDay = new FieldSet(FieldKind.DayOfWeek.Every, BeginsWithStar: true, IsInterval: true);
        _first = Create(expression, anyDate, expression.DayOfWeek);
        _second = expression.HasDate ? Create(expression, expression.DayOfMonth, anyDay) : null;
    }

    /// <summary>Finds the first local time after another, both in ticks.</summary>
    public long Next(long after) => _seconds.Values == 1 ? NextMinute(after) : NextSecond(after);

    private long NextSecond(long after)
    {
        var minute = after - after % TimeSpan.TicksPerMinute;
        var next = NextMinute(minute - TimeSpan.TicksPerSecond);
        if (next == minute)
        {
            var rest = _seconds.Values >> (int)((after - minute) / TimeSpan.TicksPerSecond) >> 1;
            if (rest != 0)
            {
                return after - after % TimeSpan.TicksPerSecond + (BitOperations.TrailingZeroCount(rest) + 1) * TimeSpan.TicksPerSecond;
            }

            next = NextMinute(minute);
        }

        return next == None ? None : next + _seconds.First * TimeSpan.TicksPerSecond;
    }

    private long NextMinute(long after)
    {
        var time = new DateTime(after);
        var next = _first.GetNextOccurrence(time, End);
        if (_second is not null)
        {
            var other = _second.GetNextOccurrence(time, End);
            next = other < next ? other : next;
        }

        return next < End ? next.Ticks : None;
    }

    private static CrontabSchedule Create(CronExpression expression, FieldSet dayOfMonth, FieldSet dayOfWeek) => CrontabSchedule.Parse(
        string.Join(' ', Text(expression.Minute), Text(expression.Hour), Text(dayOfMonth), Text(expression.Month), Text(dayOfWeek)));

    private static string Text(FieldSet field) => field.Last - field.First + 1 == field.Count
        ? string.Create(CultureInfo.InvariantCulture, $"{field.First}-{field.Last}")
        : string.Join(',', field.List().Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
