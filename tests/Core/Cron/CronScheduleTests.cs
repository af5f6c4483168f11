using Switchyard.Cron.Tests.Oracle;

namespace Switchyard.Cron.Tests;

/// <summary>A schedule as a value: equality, laziness, threads, memory.</summary>
public sealed class CronScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Equal_when_expression_and_zone_mean_the_same_text()
    {
        var schedule = CronSchedule.Parse("0 0 * * MON-FRI", "europe/paris");

        Assert.Equal(schedule, CronSchedule.Parse("0 0 0 * * 1-5", "Europe/Paris"));
        Assert.NotEqual(schedule, CronSchedule.Parse("0 0 * * 1-5", "Europe/Berlin"));
        Assert.NotEqual(schedule, CronSchedule.Parse("0 0 * * 1-4", "Europe/Paris"));
        Assert.NotEqual(CronSchedule.Parse("0,30 1 * * *"), CronSchedule.Parse("*/30 1 * * *"));
        Assert.False(schedule.Equals(null));
        Assert.False(schedule.Equals("0 0 * * 1-5"));
        Assert.Equal("0 0 * * 1-5 (Europe/Paris)", schedule.ToString());
    }

    [Fact]
    public void Instants_are_the_same_whatever_their_offset_and_parts_of_a_second_are_kept_apart()
    {
        var schedule = CronSchedule.Parse("0 * * * *", "Asia/Kathmandu");
        var firing = schedule.Next(Start)!.Value;

        Assert.Equal(TimeSpan.Zero, firing.Offset);
        Assert.Equal(firing, schedule.Next(Start.ToOffset(TimeSpan.FromHours(-9))));
        Assert.Equal(firing, schedule.Next(firing.AddTicks(-1)));
        Assert.Equal(firing.AddHours(1), schedule.Next(firing));
        Assert.Equal(firing.AddHours(1), schedule.Next(firing.AddTicks(1)));
        Assert.Equal(Start.AddSeconds(1), CronSchedule.Parse("* * * * * *").Next(Start.AddTicks(1)));
    }

    [Fact]
    public void Between_takes_its_end_in_and_its_beginning_out()
    {
        var schedule = CronSchedule.Parse("0 * * * *");

        Assert.Equal([Start.AddHours(1), Start.AddHours(2)], schedule.Between(Start, Start.AddHours(2)));
        Assert.Empty(schedule.Between(Start, Start));
        Assert.Empty(schedule.Between(Start, Start.AddDays(-1)));
        Assert.Equal(2, schedule.Count(Start, Start.AddHours(2)));
        Assert.Equal(0, schedule.Count(Start, Start));
        Assert.Equal(0, schedule.Count(Start, Start.AddDays(-1)));
    }

    [Fact]
    public void Between_is_lazy()
    {
        var endless = CronSchedule.Parse("* * * * * *").Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

        Assert.Equal(3, endless.Take(3).Count());
    }

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("*/10 * * * * *")]
    [InlineData("30 2 * * *")]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 1 * 1")]
    public void Next_allocates_nothing(string text)
    {
        var schedule = CronSchedule.Parse(text, "America/New_York");

        // Once for the pages of the zone's clock, once to measure.
        Walk(schedule);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(schedule);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Many_threads_find_the_same_in_a_zone_that_none_has_used_before()
    {
        var schedules = OracleZones.Ids.Select(id => CronSchedule.Parse("*/20 * * * *", id)).ToArray();
        var from = new DateTimeOffset(1950, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var counts = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => string.Join(' ', schedules.Select(schedule => schedule.Count(from.AddYears(20), from.AddYears(21))))).ToArray();

        Assert.Single(counts.Distinct());
        Assert.Contains(CronSchedule.Parse("*/20 * * * *").Count(from.AddYears(20), from.AddYears(21)).ToString(System.Globalization.CultureInfo.InvariantCulture), counts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_null_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => CronSchedule.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => CronSchedule.Parse("@daily", null!));
        Assert.Throws<ArgumentNullException>(() => new CronFormatException(null!));
    }

    private static void Walk(CronSchedule schedule)
    {
        var at = Start;
        for (var count = 0; count < 2000 && at.Year < 2400; count++)
        {
            at = schedule.Next(at)!.Value;
        }
    }
}
