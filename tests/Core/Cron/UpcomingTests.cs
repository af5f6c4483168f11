namespace Switchyard.Cron.Tests;

/// <summary>What is said about single firings.</summary>
public sealed class UpcomingTests
{
    [Theory]
    [InlineData("30 2 * * *",   "America/New_York", "2026-03-08T06:00Z", "2026-03-08T03:00-04:00",
        "Stands for 02:30, which is skipped: the clocks go forward from 02:00 to 03:00.")]
    [InlineData("0,30 2 * * *", "America/New_York", "2026-03-08T06:00Z", "2026-03-08T03:00-04:00",
        "Stands for 02:00 and 02:30, which are skipped: the clocks go forward from 02:00 to 03:00.")]
    [InlineData("* * * * *",    "America/New_York", "2026-03-08T06:59Z", "2026-03-08T03:00-04:00",
        "Stands for all its times from 02:00 up to 03:00, which are skipped: the clocks go forward from 02:00 to 03:00.")]
    [InlineData("15 30 2 * * *", "America/New_York", "2026-03-08T06:00Z", "2026-03-08T03:00-04:00",
        "Stands for 02:30:15, which is skipped: the clocks go forward from 02:00 to 03:00.")]
    [InlineData("0 12 * * *",   "Pacific/Apia",     "2011-12-30T00:00Z", "2011-12-31T00:00+14:00",
        "Stands for 2011-12-30 12:00, which is skipped: the clocks go forward from 2011-12-30 00:00 to 2011-12-31 00:00.")]
    [InlineData("0 3 * * *",    "America/New_York", "2026-03-08T06:00Z", "2026-03-08T03:00-04:00", null)]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T05:00Z", "2026-11-01T01:30-04:00",
        "The first pass of 01:30, which comes twice: the clocks go back from 02:00 to 01:00. It does not fire in the second.")]
    [InlineData("30 * * * *",   "America/New_York", "2026-11-01T05:00Z", "2026-11-01T01:30-04:00",
        "The first pass of 01:30, which comes twice: the clocks go back from 02:00 to 01:00.")]
    [InlineData("30 * * * *",   "America/New_York", "2026-11-01T06:00Z", "2026-11-01T01:30-05:00",
        "The second pass of 01:30, which comes twice: the clocks went back from 02:00 to 01:00.")]
    [InlineData("45 * * * *",   "Australia/Lord_Howe", "2026-04-04T15:00Z", "2026-04-05T01:45+10:30",
        "The second pass of 01:45, which comes twice: the clocks went back from 02:00 to 01:30.")]
    [InlineData("30 * * * *",   "America/New_York", "2026-11-01T07:00Z", "2026-11-01T02:30-05:00", null)]
    [InlineData("0 2 * * *",    "America/New_York", "2026-11-01T05:00Z", "2026-11-01T02:00-05:00", null)]
    [InlineData("0 2 * * *",    "UTC",              "2026-11-01T05:00Z", "2026-11-02T02:00Z", null)]
    public void First_of_them_is_told_as_the_zone_sees_it(string text, string zone, string after, string local, string? remark)
    {
        var first = Assert.Single(CronSchedule.Parse(text, zone).Upcoming(At(after), 1));

        Assert.Equal(At(local), first.Local);
        Assert.Equal(At(local).Offset, first.Local.Offset);
        Assert.Equal((At(local).UtcDateTime, TimeSpan.Zero), (first.Instant.DateTime, first.Instant.Offset));
        Assert.Equal(remark, first.Remark);
    }

    [Fact]
    public void They_are_the_firings_in_order()
    {
        var schedule = CronSchedule.Parse("*/15 1-3 * * *", "Europe/London");
        var after = At("2026-10-24T00:00Z");

        var upcoming = schedule.Upcoming(after, 40);

        Assert.Equal(schedule.Between(after, after.AddDays(9)).Take(40), upcoming.Select(occurrence => occurrence.Instant));
        Assert.Equal(8, upcoming.Count(occurrence => occurrence.Remark is not null));
        Assert.Empty(schedule.Upcoming(after, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.Upcoming(after, -1));
    }

    [Fact]
    public void No_firing_far_from_a_change_has_a_remark()
    {
        // Over the seam of two pages of the zone's clock too (2013 and 2027 are in different ones).
        var schedule = CronSchedule.Parse("30 14 * * *", "Europe/Dublin");

        var upcoming = schedule.Upcoming(At("2010-01-01T00:00Z"), 365 * 25);

        Assert.Equal(365 * 25, upcoming.Count);
        Assert.All(upcoming, occurrence => Assert.Null(occurrence.Remark));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
