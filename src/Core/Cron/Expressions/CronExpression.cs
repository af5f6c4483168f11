namespace Switchyard.Cron.Expressions;

/// <summary>Represents a valid expression by its fields.</summary>
internal sealed record CronExpression(FieldSet Second, FieldSet Minute, FieldSet Hour, FieldSet DayOfMonth, FieldSet Month, FieldSet DayOfWeek)
{
    /// <summary>Gets whether a day fits when either field of days has it: both are restricted, as standard cron says it.</summary>
    public bool EitherDay => !DayOfMonth.BeginsWithStar && !DayOfWeek.BeginsWithStar;

    /// <summary>Gets whether hour and minute are fixed, so that a repeated hour doesn't repeat it.</summary>
    public bool IsFixed => !Hour.IsInterval && !Minute.IsInterval;

    /// <summary>Gets whether a month of the expression ever has one of its days of the month.</summary>
    public bool HasDate => Month.List().Any(month => DayOfMonth.First <= LongestDays(month));

    private static int LongestDays(int month) => DateTime.DaysInMonth(2000, month);
}
