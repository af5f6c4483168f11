namespace Switchyard.Cron.Tests;

/// <summary>Changes of the clocks whose right answers were worked out by hand from the IANA database.</summary>
public sealed class GoldenRowTests
{
    [Theory]
    // Where the hour is skipped.
    [InlineData("30 2 * * *",  "America/New_York",    "2026-03-08T00:00Z", "2026-03-08T12:00Z", "03-08T07:00")]
    [InlineData("30 1 * * *",  "Europe/London",       "2026-03-28T12:00Z", "2026-03-29T12:00Z", "03-29T01:00")]
    [InlineData("30 1 * * *",  "Europe/Dublin",       "2026-03-28T12:00Z", "2026-03-29T12:00Z", "03-29T01:00")]
    [InlineData("15 2 * * *",  "Australia/Lord_Howe", "2026-10-03T04:00Z", "2026-10-04T04:00Z", "10-03T15:30")]
    [InlineData("15 2 * * *",  "America/St_Johns",    "2026-03-07T18:00Z", "2026-03-08T18:00Z", "03-08T05:30")]
    [InlineData("0 0 * * *",   "Africa/Cairo",        "2026-04-23T12:00Z", "2026-04-24T12:00Z", "04-23T22:00")]
    [InlineData("30 0 * * *",  "Asia/Beirut",         "2026-03-28T12:00Z", "2026-03-29T12:00Z", "03-28T22:00")]
    [InlineData("0 0 * * *",   "America/Havana",      "2026-03-07T18:00Z", "2026-03-08T18:00Z", "03-08T05:00")]
    [InlineData("30 2 * * *",  "Africa/Casablanca",   "2026-03-21T12:00Z", "2026-03-22T12:00Z", "03-22T02:00")]
    [InlineData("30 2 * * *",  "Antarctica/Troll",    "2026-03-28T12:00Z", "2026-03-29T12:00Z", "03-29T01:00")]
    [InlineData("0 0 * * *",   "America/Sao_Paulo",   "2018-11-03T12:00Z", "2018-11-04T12:00Z", "11-04T03:00")]
    [InlineData("0 3 * * *",   "Pacific/Chatham",     "2026-09-26T02:00Z", "2026-09-27T02:00Z", "09-26T14:00")]
    [InlineData("0 0 * * *",   "America/Santiago",    "2026-09-05T12:00Z", "2026-09-06T12:00Z", "09-06T04:00")]
    [InlineData("0 12 * * *",  "Pacific/Apia",        "2011-12-30T00:00Z", "2011-12-31T10:00Z", "12-30T10:00 12-30T22:00")]
    [InlineData("0,30 2 * * *", "America/New_York",   "2026-03-08T00:00Z", "2026-03-08T12:00Z", "03-08T07:00")]
    [InlineData("30 * * * *",  "America/New_York",    "2026-03-08T06:00Z", "2026-03-08T08:00Z", "03-08T06:30 03-08T07:00 03-08T07:30")]
    [InlineData("*/30 * * * *", "America/New_York",   "2026-03-08T06:15Z", "2026-03-08T07:30Z", "03-08T06:30 03-08T07:00 03-08T07:30")]
    // Where it is repeated.
    [InlineData("30 1 * * *",  "America/New_York",    "2026-10-31T12:00Z", "2026-11-01T12:00Z", "11-01T05:30")]
    [InlineData("*/30 * * * *", "America/New_York",   "2026-11-01T04:45Z", "2026-11-01T07:00Z", "11-01T05:00 11-01T05:30 11-01T06:00 11-01T06:30 11-01T07:00")]
    [InlineData("30 1 * * *",  "Europe/London",       "2026-10-24T12:00Z", "2026-10-25T12:00Z", "10-25T00:30")]
    [InlineData("30 1 * * *",  "Europe/Dublin",       "2026-10-24T12:00Z", "2026-10-25T12:00Z", "10-25T00:30")]
    [InlineData("*/30 1 * * *", "Europe/London",      "2026-10-24T12:00Z", "2026-10-25T12:00Z", "10-25T00:00 10-25T00:30 10-25T01:00 10-25T01:30")]
    [InlineData("*/30 1 * * *", "Europe/Dublin",      "2026-10-24T12:00Z", "2026-10-25T12:00Z", "10-25T00:00 10-25T00:30 10-25T01:00 10-25T01:30")]
    [InlineData("45 1 * * *",  "Australia/Lord_Howe", "2026-04-04T04:00Z", "2026-04-05T04:00Z", "04-04T14:45")]
    [InlineData("45 * * * *",  "Australia/Lord_Howe", "2026-04-04T14:00Z", "2026-04-04T15:30Z", "04-04T14:45 04-04T15:15")]
    [InlineData("30 23 * * *", "Africa/Cairo",        "2026-10-29T12:00Z", "2026-10-30T12:00Z", "10-29T20:30")]
    [InlineData("0 0 * * *",   "America/Havana",      "2026-10-31T12:00Z", "2026-11-01T12:00Z", "11-01T04:00")]
    [InlineData("30 2 * * *",  "Africa/Casablanca",   "2026-02-14T12:00Z", "2026-02-15T12:00Z", "02-15T01:30")]
    [InlineData("30 2 * * *",  "Antarctica/Troll",    "2026-10-24T12:00Z", "2026-10-25T12:00Z", "10-25T00:30")]
    [InlineData("30 23 * * *", "America/Santiago",    "2026-04-04T12:00Z", "2026-04-05T12:00Z", "04-05T02:30")]
    public void Fires_exactly_at(string expression, string zone, string after, string until, string expected)
    {
        var schedule = CronSchedule.Parse(expression, zone);

        var fired = schedule.Between(At(after), At(until)).Select(instant => instant.ToString("MM-dd'T'HH:mm", null));

        Assert.Equal(expected.Split(' '), fired);
    }

    [Theory]
    // From within a gap's end, a first pass and a second one.
    [InlineData("30 2 * * *",   "America/New_York", "2026-03-08T07:00Z", "2026-03-09T06:30Z")]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T05:29Z", "2026-11-01T05:30Z")]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T05:45Z", "2026-11-02T06:30Z")]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T06:00Z", "2026-11-02T06:30Z")]
    [InlineData("30 1 * * *",   "America/New_York", "2026-11-01T06:15Z", "2026-11-02T06:30Z")]
    [InlineData("30 1,2 * * *", "America/New_York", "2026-11-01T06:15Z", "2026-11-01T07:30Z")]
    [InlineData("0 2 * * *",    "America/New_York", "2026-11-01T06:15Z", "2026-11-01T07:00Z")]
    [InlineData("30 * * * *",   "America/New_York", "2026-11-01T05:45Z", "2026-11-01T06:30Z")]
    [InlineData("30 * * * *",   "America/New_York", "2026-11-01T06:15Z", "2026-11-01T06:30Z")]
    [InlineData("30 1 * * *",   "Europe/Dublin",    "2026-10-25T01:15Z", "2026-10-26T01:30Z")]
    [InlineData("45 1 * * *",   "Australia/Lord_Howe", "2026-04-04T15:10Z", "2026-04-05T15:15Z")]
    [InlineData("30 2 * * *",   "Antarctica/Troll", "2026-10-25T01:45Z", "2026-10-26T02:30Z")]
    public void Next_from_anywhere_near_a_change(string expression, string zone, string after, string expected) =>
        Assert.Equal(At(expected), CronSchedule.Parse(expression, zone).Next(At(after)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
