using System.Globalization;
using Switchyard.Cron.Expressions;

namespace Switchyard.Cron.English;

/// <summary>Says the days of a year.</summary>
internal static class DayWords
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    public static string Of(CronExpression expression)
    {
        var isAnyDate = expression.DayOfMonth.Values == FieldKind.DayOfMonth.Every;
        var isAnyDay = expression.DayOfWeek.Values == FieldKind.DayOfWeek.Every;
        var month = expression.Month;
        if (expression.EitherDay && (isAnyDate || isAnyDay) || isAnyDate && isAnyDay)
        {
            return "every day" + In(month);
        }

        if (isAnyDate)
        {
            return Days(expression.DayOfWeek) + In(month);
        }

        var dates = Words.Join(expression.DayOfMonth.List().Select(Words.Ordinal), isAnyDay || expression.EitherDay ? "and" : "or");
        return isAnyDay ? $"on the {dates} of {Months(month)}"
            : expression.EitherDay ? $"on the {dates} of {Months(month)}, and {Days(expression.DayOfWeek)}{In(month)}"
            : $"{Days(expression.DayOfWeek)} if that is the {dates} of {Months(month)}";
    }

    private static string Days(FieldSet day) => IsRange(day)
        ? $"from {Names.GetDayName((DayOfWeek)day.First)} to {Names.GetDayName((DayOfWeek)day.Last)}"
        : $"on {Words.Join(Monday(day).Select(value => $"{Names.GetDayName((DayOfWeek)value)}s"))}";

    // A week begins on Monday when it is read out.
    private static IEnumerable<int> Monday(FieldSet day) => day.List().OrderBy(value => (value + 6) % 7);

    private static string Months(FieldSet month) =>
        month.Values == FieldKind.Month.Every ? "every month" : IsRange(month) ? $"every month {Range(month)}" : Words.Join(month.List().Select(Names.GetMonthName));

    private static string In(FieldSet month) =>
        month.Values == FieldKind.Month.Every ? "" : IsRange(month) ? $", {Range(month)}" : $", in {Words.Join(month.List().Select(Names.GetMonthName))}";

    private static string Range(FieldSet month) => $"from {Names.GetMonthName(month.First)} to {Names.GetMonthName(month.Last)}";

    private static bool IsRange(FieldSet field) => field.Count > 2 && field.Last - field.First + 1 == field.Count;
}
