using System.Globalization;
using NCrontab;

namespace Switchyard.Cron.Expressions;

/// <summary>Finds the local times that an expression names, by NCrontab, which knows no zones.</summary>
/// <remarks>
/// NCrontab joins day of month and day of week by "and", so that "or" takes two of its schedules. It gets lists of numbers alone, of
/// which all that it reads in ways of its own (names, reversed ranges, steps, 7) has been taken out.
/// </remarks>
internal sealed class LocalOccurrences
{
    /// <summary>Says that there is no further local time.</summary>
    public const long None = long.MaxValue;

    // Exclusive, and above the end of schedules (see CronSchedule): its own default would be walked to for a date that never comes.
    private static readonly DateTime End = new(9999, 12, 31);

    private readonly CrontabSchedule _first;
    private readonly CrontabSchedule? _second;

    public LocalOccurrences(CronExpression expression)
    {
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
    public long Next(long after)
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

    private static CrontabSchedule Create(CronExpression expression, FieldSet dayOfMonth, FieldSet dayOfWeek)
    {
        var text = string.Join(' ', ListOf(expression.Minute), ListOf(expression.Hour), ListOf(dayOfMonth), ListOf(expression.Month), ListOf(dayOfWeek));
        return expression.Second.Values == 1
            ? CrontabSchedule.Parse(text)
            : CrontabSchedule.Parse($"{ListOf(expression.Second)} {text}", new CrontabSchedule.ParseOptions { IncludingSeconds = true });
    }

    private static string ListOf(FieldSet field) => string.Join(',', field.List().Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
