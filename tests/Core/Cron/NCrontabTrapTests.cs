namespace Switchyard.Cron.Tests;

/// <summary>What NCrontab reads otherwise than cron does, one by one: none of it may come through.</summary>
public sealed class NCrontabTrapTests
{
    [Fact]
    public void Day_of_month_and_day_of_week_are_alternatives() =>
        Fires("0 0 1 * 1", "2026-01-01", "2026-01-20", "01-05 01-12 01-19");

    [Fact]
    public void Day_of_month_and_day_of_week_must_both_fit_when_one_begins_with_a_star() =>
        Fires("0 0 */10 * 1", "2026-01-01", "2026-12-31", "05-11 06-01 08-31 09-21 12-21");

    [Fact]
    public void Reversed_range_is_refused() => IsRefused("0 0 * * Mon-Sun", "day of week");

    [Fact]
    public void Step_of_zero_is_refused() => IsRefused("*/0 * * * *", "minute");

    [Fact]
    public void Negative_step_is_refused() => IsRefused("*/-5 * * * *", "minute");

    [Fact]
    public void Seven_is_Sunday() => Fires("0 0 * * 7", "2026-01-01", "2026-01-12", "01-04 01-11");

    [Fact]
    public void Seven_ends_a_range() => Fires("0 0 * * 6-7", "2026-01-01", "2026-01-12", "01-03 01-04 01-10 01-11");

    [Fact]
    public void Beginning_of_a_name_is_no_name() => IsRefused("0 0 * * Mo", "day of week");

    [Fact]
    public void Longer_word_is_no_name() => IsRefused("0 0 1 Janu *", "month");

    [Fact]
    public void Date_that_never_comes_is_refused() => IsRefused("0 0 31 2 *", "day of month");

    [Fact]
    public void Date_that_never_comes_leaves_the_weekdays() => Fires("0 0 31 2 1", "2026-02-01", "2026-03-31", "02-02 02-09 02-16 02-23");

    [Fact]
    public void Minute_that_is_moved_on_to_begins_with_its_first_second()
    {
        var schedule = CronSchedule.Parse("0,45 30 2 * * *");

        Assert.Equal(At("2026-01-01T02:30:00"), schedule.Next(At("2026-01-01T02:00:00")));
        Assert.Equal(At("2026-01-01T02:30:45"), schedule.Next(At("2026-01-01T02:30:00")));
        Assert.Equal(At("2026-01-02T02:30:00"), schedule.Next(At("2026-01-01T02:30:45")));
    }

    [Theory]
    // A leap year is skipped at 2100; a leap day on a Sunday may be 40 years off.
    [InlineData("0 0 29 2 *",   "2097-01-01", "2104-02-29")]
    [InlineData("0 0 29 2 *",   "2896-03-01", "2904-02-29")]
    [InlineData("0 0 29 2 */7", "2088-03-01", "2128-02-29")]
    [InlineData("0 0 29 2 */7", "2026-01-01", "2032-02-29")]
    [InlineData("0 0 31 12 */6", "2026-01-01", "2028-12-31")]
    public void Rare_date_is_found_however_far_off(string text, string after, string expected)
    {
        var next = CronSchedule.Parse(text).Next(At(after));

        Assert.Equal(At(expected), next);
    }

    [Fact]
    public void Schedules_end_before_the_year_9999()
    {
        var yearly = CronSchedule.Parse("@yearly", "America/New_York");

        Assert.Equal(At("9998-01-01T05:00:00"), yearly.Next(At("9997-06-01")));
        Assert.Null(yearly.Next(At("9998-06-01")));
        Assert.Null(yearly.Next(DateTimeOffset.MaxValue));
        Assert.Null(CronSchedule.Parse("0 0 29 2 *").Next(At("9996-03-01")));
        Assert.Equal(At("9998-12-31T23:59:59"), CronSchedule.Parse("* * * * * *", "Pacific/Apia").Next(At("9998-12-31T23:59:58")));
        Assert.Null(CronSchedule.Parse("* * * * * *", "Pacific/Apia").Next(At("9998-12-31T23:59:59")));
        Assert.Equal(2, CronSchedule.Parse("0 0 1 * *").Count(At("9998-10-15"), DateTimeOffset.MaxValue));
        Assert.Equal(2, CronSchedule.Parse("0 0 1 * *").Upcoming(At("9998-10-15"), 5).Count);
    }

    [Fact]
    public void Schedules_begin_with_the_calendar()
    {
        Assert.Equal(At("0001-01-03T00:01:00"), CronSchedule.Parse("* * * * *").Next(DateTimeOffset.MinValue));
        Assert.NotNull(CronSchedule.Parse("0 0 * * *", "America/New_York").Next(DateTimeOffset.MinValue));
        Assert.NotNull(CronSchedule.Parse("0 0 * * *", "Pacific/Apia").Next(DateTimeOffset.MinValue.AddDays(1)));
    }

    private static void Fires(string text, string after, string until, string days) =>
        Assert.Equal(days.Split(' '), CronSchedule.Parse(text).Between(At(after), At(until)).Select(at => at.ToString("MM-dd", null)));

    private static void IsRefused(string text, string field)
    {
        Assert.False(CronSchedule.TryParse(text, null, out _, out var error));
        Assert.Equal(field, error.Field);
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
