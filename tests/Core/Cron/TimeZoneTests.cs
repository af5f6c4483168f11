using NodaTime;
using Switchyard.Cron.Zones;

namespace Switchyard.Cron.Tests;

/// <summary>Which texts are time zones, and whether their offsets are right.</summary>
public sealed class TimeZoneTests
{
    [Theory]
    [InlineData("UTC",                "UTC")]
    [InlineData("utc",                "UTC")]
    [InlineData("America/New_York",   "America/New_York")]
    [InlineData("america/new_york",   "America/New_York")]
    [InlineData("AMERICA/ARGENTINA/SAN_JUAN", "America/Argentina/San_Juan")]
    [InlineData("Etc/GMT+5",          "Etc/GMT+5")]
    [InlineData("asia/calcutta",      "Asia/Calcutta")]
    [InlineData("EST5EDT",            "EST5EDT")]
    public void Known(string id, string canonical)
    {
        Assert.True(CronSchedule.IsTimeZone(id, out var found));
        Assert.Equal(canonical, found);
        Assert.Equal(canonical, CronSchedule.Parse("0 0 * * *", id).TimeZone);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("UTC ")]
    [InlineData("EST5EDT4")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0")]
    [InlineData("<+03>-3")]
    [InlineData("UTC+25")]
    [InlineData("UTC+1")]
    [InlineData("GMT+1")]
    [InlineData("+01:00")]
    [InlineData("Z")]
    [InlineData("Eastern Standard Time")]
    [InlineData("Romance Standard Time")]
    [InlineData("Tokyo Standard Time")]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("/usr/share/zoneinfo/UTC")]
    [InlineData("America/../UTC")]
    [InlineData("America/New_York/")]
    [InlineData("America//New_York")]
    [InlineData("America\\New_York")]
    [InlineData("America/New York")]
    [InlineData("posix/America/New_York")]
    [InlineData("right/America/New_York")]
    [InlineData("posixrules")]
    [InlineData("localtime")]
    [InlineData("Factory")]
    [InlineData("tzdata.zi")]
    [InlineData("Europe/Atlantis")]
    [InlineData("UTC\0")]
    [InlineData("Ame\u0301rica/New_York")]
    [InlineData("ＵＴＣ")]
    public void Unknown(string id)
    {
        Assert.False(CronSchedule.IsTimeZone(id, out var canonical));
        Assert.Null(canonical);
        Assert.False(CronSchedule.TryParse("0 0 * * *", id, out var schedule, out var error));
        Assert.Null(schedule);
        Assert.Equal((CronErrorKind.TimeZone, "time zone", null), (error.Kind, error.Field, error.Position));
        Assert.Equal("The time zone is not known; write an IANA id, such as America/New_York or UTC.", error.Message);
    }

    [Fact]
    public void Long_texts_are_no_zones_and_null_is_UTC_for_a_schedule_alone()
    {
        Assert.False(CronSchedule.IsTimeZone(new string('A', 10_000), out _));
        Assert.False(CronSchedule.IsTimeZone(null, out _));
        Assert.True(CronSchedule.TryParse("0 0 * * *", null, out var schedule, out _));
        Assert.Equal("UTC", schedule.TimeZone);
    }

    [Fact]
    public void Every_zone_of_the_database_is_known_in_any_case()
    {
        // Whatever edition NodaTime brings; this machine's data may be older and lack the newest.
        var ids = DateTimeZoneProviders.Tzdb.Ids.Where(id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) && id != "Factory").ToArray();

        Assert.InRange(ids.Length, 400, 1000);
        Assert.All(ids, id => Assert.True(CronSchedule.IsTimeZone(id.ToLowerInvariant(), out var canonical) && canonical == id, id));
    }

    [Fact]
    public void Clock_has_the_offset_of_a_conversion_from_UTC_at_every_hour()
    {
        foreach (var id in (string[])["Europe/Dublin", "Africa/Casablanca", "America/New_York", "Pacific/Apia", "Antarctica/Troll", "Africa/Cairo", "Asia/Tehran"])
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
            var clock = new ZoneClock(zone);
            for (var at = new DateTime(1995, 1, 1, 0, 0, 0, DateTimeKind.Utc); at.Year < 2045; at = at.AddHours(1))
            {
                Assert.True(zone.GetUtcOffset(at).Ticks == clock.At(at.Ticks).Offset, $"{id} at {at:O}");
            }
        }
    }

    [Fact]
    public void Clock_joins_its_pages_without_a_seam()
    {
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));
        var changes = 0;
        for (ref readonly var segment = ref clock.At(new DateTime(1990, 1, 1).Ticks); segment.End < new DateTime(2090, 1, 1).Ticks;)
        {
            ref readonly var next = ref clock.At(segment.End);
            Assert.True(next.Start <= segment.End && next.End > segment.End);
            Assert.Equal(next.Start == segment.End && next.Offset < segment.Offset, next.Floor > next.LocalStart && next.Start == segment.End);
            changes += next.Offset == segment.Offset ? 0 : 1;
            segment = ref next;
        }

        Assert.Equal(200, changes);
    }

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Australia/Sydney")]
    [InlineData("Africa/Cairo")] // In 2726 and later, the clocks go back within three days before a seam.
    public void Every_half_hour_fires_across_the_seams_of_all_pages(string id)
    {
        // Zones of whole hours: real time goes on evenly, whatever the clocks do on the days before a seam and after it.
        var schedule = CronSchedule.Parse("*/30 * * * *", id);
        for (var page = 142L; page < 690; page++)
        {
            var seam = new DateTimeOffset(page << 52, TimeSpan.Zero);
            var first = schedule.Next(seam.AddDays(-4))!.Value;

            Assert.Equal(Enumerable.Range(0, 384).Select(half => first.AddMinutes(30 * half)), schedule.Between(first.AddTicks(-1), first.AddDays(8).AddTicks(-1)));
        }
    }

    [Fact]
    public void Offsets_of_times_before_there_were_zones_can_be_shown()
    {
        var before = new DateTimeOffset(1800, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.All(
            (string[])["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Africa/Monrovia", "Europe/Dublin"],
            id => Assert.Equal(3, CronSchedule.Parse("0 12 * * *", id).Upcoming(before, 3).Count(occurrence => occurrence.Local.Hour == 12)));
    }
}
