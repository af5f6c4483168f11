using static Switchyard.Jobs.Recurring.PlannerSubject;

namespace Switchyard.Jobs.Recurring;

public sealed class OccurrencePlannerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(MisfirePolicy.FireOnce, OverlapPolicy.Allow, false, null, "Coalesced 08:00:00-09:45:00 x8|Fired 10:00:00")]
    [InlineData(MisfirePolicy.FireOnce, OverlapPolicy.Allow, false, 3600, "SkippedMisfire 08:00:00-08:45:00 x4|Coalesced 09:00:00-09:45:00 x4|Fired 10:00:00")]
    [InlineData(MisfirePolicy.FireOnce, OverlapPolicy.Skip, false, null, "Coalesced 08:00:00-09:45:00 x8|Fired 10:00:00")]
    [InlineData(MisfirePolicy.FireOnce, OverlapPolicy.Skip, true, null, "SkippedOverlap 08:00:00-10:00:00 x9")]
    [InlineData(MisfirePolicy.FireOnce, OverlapPolicy.BufferOne, false, null, "Coalesced 08:00:00-09:45:00 x8|Fired 10:00:00")]
    [InlineData(MisfirePolicy.Skip, OverlapPolicy.Allow, false, null, "SkippedMisfire 08:00:00-09:45:00 x8|Fired 10:00:00")]
    [InlineData(MisfirePolicy.Skip, OverlapPolicy.Skip, true, null, "SkippedMisfire 08:00:00-09:45:00 x8|SkippedOverlap 10:00:00")]
    [InlineData(MisfirePolicy.FireAll, OverlapPolicy.Allow, false, null, "SkippedMisfire 08:00:00-08:45:00 x4|Fired 09:00:00|Fired 09:15:00|Fired 09:30:00|Fired 09:45:00|Fired 10:00:00")]
    [InlineData(MisfirePolicy.FireAll, OverlapPolicy.Allow, false, 900, "SkippedMisfire 08:00:00-09:30:00 x7|Fired 09:45:00|Fired 10:00:00")]
    [InlineData(MisfirePolicy.FireAll, OverlapPolicy.Skip, false, 900, "SkippedMisfire 08:00:00-09:30:00 x7|Fired 09:45:00|SkippedOverlap 10:00:00")]
    [InlineData(MisfirePolicy.FireAll, OverlapPolicy.BufferOne, false, 900, "SkippedMisfire 08:00:00-09:30:00 x7|Coalesced 09:45:00|Fired 10:00:00")]
    public void Two_hours_of_every_quarter_of_an_hour_end_as_the_policies_say(MisfirePolicy misfire, OverlapPolicy overlap, bool busy, int? window, string expected)
    {
        var recurrence = NewRecurrence("*/15 * * * *") with
        {
            MisfirePolicy = misfire, OverlapPolicy = overlap, CatchUpWindow = window is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var now = Start + TimeSpan.FromHours(2);

        var (rows, then, plans) = Create().Settle(recurrence.Due(busy), now);

        Assert.Equal(expected, string.Join('|', Say(rows)));
        Assert.Equal((1, now + TimeSpan.FromMinutes(15)), (plans, then.Recurrence.NextAt));
        Assert.Equal(rows.Exists(row => row.Outcome == OccurrenceOutcome.Fired) ? now : null, then.Recurrence.LastAt);
        Assert.All(rows, row => Assert.Equal((recurrence.Id, 3L, now), (row.RecurrenceId, row.Revision, row.RecordedAt)));
    }

    [Theory]
    [InlineData(60, "Fired 08:00:00")]
    [InlineData(61, "SkippedMisfire 08:00:00")]
    public void Instant_that_is_looked_at_within_the_threshold_is_in_time(int secondsLate, string expected)
    {
        var recurrence = NewRecurrence("0 8 * * *") with { MisfirePolicy = MisfirePolicy.Skip };

        var firing = Create().Plan(recurrence.Due(), Start + (secondsLate * Second));

        Assert.Equal([expected], Say(firing.Occurrences.Select(planned => planned.Occurrence)));
        Assert.Equal(Start.AddDays(1), firing.NextAt);
    }

    [Fact]
    public void Window_under_the_threshold_doesnt_skip_what_is_in_time()
    {
        var recurrence = NewRecurrence("0 8 * * *") with { CatchUpWindow = TimeSpan.Zero };

        Assert.Equal(["Fired 08:00:00"], Say(Create().Settle(recurrence.Due(), Start + Second).Rows));
    }

    [Fact]
    public void Hundred_at_the_most_are_caught_up()
    {
        var recurrence = NewRecurrence("*/10 * * * * *") with { MisfirePolicy = MisfirePolicy.FireAll };

        var (rows, _, _) = Create().Settle(recurrence.Due(), Start + TimeSpan.FromMinutes(30));

        Assert.Equal("SkippedMisfire 08:00:00-08:13:20 x81", Say(rows)[0]);
        Assert.Equal(100, rows.Count(row => row.Outcome == OccurrenceOutcome.Fired));
        Assert.Equal((101, Start.AddMinutes(30)), (rows.Count, rows[^1].FirstAt));
    }

    [Fact]
    public void Fired_occurrence_has_the_effects_of_its_kind_and_others_have_none()
    {
        var recurrence = NewRecurrence("*/15 * * * *");

        var firing = Create().Plan(recurrence.Due(), Start + TimeSpan.FromMinutes(15));

        Assert.Empty(firing.Occurrences[0].Effects);
        Assert.Equal(
            OccurrenceId.Of(recurrence.Id, Start.AddMinutes(15), Guid.Empty), Assert.IsType<JobRequest>(Assert.Single(firing.Occurrences[1].Effects)).Id.Value);
    }

    [Theory]
    [InlineData(MisfirePolicy.FireOnce)]
    [InlineData(MisfirePolicy.Skip)]
    [InlineData(MisfirePolicy.FireAll)]
    public void Buffered_occurrence_waits_for_the_work_and_then_the_latest_fires(MisfirePolicy misfire)
    {
        var planner = Create();
        var recurrence = NewRecurrence("*/15 * * * *") with { OverlapPolicy = OverlapPolicy.BufferOne, MisfirePolicy = misfire };

        var first = planner.Plan(recurrence.Due(busy: true), Start + Second);
        Assert.Empty(first.Occurrences);
        Assert.Equal((Start, Start + (2 * Second)), (first.NextAt!.Value, first.LookAt!.Value));

        var waiting = recurrence.Due(busy: true) with { LookAt = first.LookAt };
        var later = planner.Plan(waiting, Start + TimeSpan.FromMinutes(80));
        Assert.Equal((Start, Start + TimeSpan.FromMinutes(80) + (30 * Second), 0), (later.NextAt!.Value, later.LookAt!.Value, later.Occurrences.Count));

        var ended = planner.Plan(waiting with { Busy = false, LookAt = later.LookAt }, Start + TimeSpan.FromMinutes(81));
        Assert.Equal(["Coalesced 08:00:00-09:00:00 x5", "Fired 09:15:00"], Say(ended.Occurrences.Select(planned => planned.Occurrence)));
        Assert.Equal((Start.AddMinutes(90), null), (ended.NextAt!.Value, ended.LookAt));
    }

    [Fact]
    public void What_came_too_late_isnt_buffered()
    {
        var recurrence = NewRecurrence("*/15 * * * *") with { OverlapPolicy = OverlapPolicy.BufferOne, MisfirePolicy = MisfirePolicy.Skip };
        var now = Start + TimeSpan.FromMinutes(30) + Second;

        var (rows, then, _) = Create().Settle(recurrence.Due(busy: true), now);

        Assert.Equal(["SkippedMisfire 08:00:00-08:15:00 x2"], Say(rows));
        Assert.Equal((Start.AddMinutes(30), now + Second), (then.Recurrence.NextAt, then.LookAt));
    }

    [Fact]
    public void Last_look_fires_what_may_fire_and_buffers_nothing()
    {
        var planner = Create();
        var plain = NewRecurrence("*/15 * * * *");
        var buffering = plain with { OverlapPolicy = OverlapPolicy.BufferOne };
        var now = Start + TimeSpan.FromMinutes(31);

        Assert.Equal(["Coalesced 08:00:00-08:15:00 x2", "Fired 08:30:00"], Say(planner.Plan(plain.Due(), now, ending: true).Occurrences.Select(one => one.Occurrence)));
        foreach (var look in new[] { Start, now + Second })
        {
            var firing = planner.Plan(buffering.Due(busy: true) with { LookAt = look }, now, ending: true);
            Assert.Equal(["SkippedDisabled 08:00:00-08:30:00 x3"], Say(firing.Occurrences.Select(one => one.Occurrence)));
            Assert.Equal((null, null), (firing.LookAt, firing.LastAt));
        }

        Assert.Empty(planner.Plan(plain.Due(), Start - Second, ending: true).Occurrences);
    }

    [Fact]
    public void Year_of_seconds_is_settled_in_bounded_plans_and_ends_like_a_short_time()
    {
        var recurrence = NewRecurrence("* * * * * *");
        var now = Start.AddDays(3);

        var firing = Create().Plan(recurrence.Due(), now);
        Assert.Equal(["Coalesced 08:00:00-09:21:39 x4900"], Say(firing.Occurrences.Select(one => one.Occurrence)));
        Assert.Equal((Start + (4900 * Second), null, null), (firing.NextAt!.Value, firing.LookAt, firing.LastAt));

        var (rows, then, plans) = Create().Settle(recurrence.Due(), now);
        Assert.Equal((OccurrenceOutcome.Fired, now, 1L), (rows[^1].Outcome, rows[^1].FirstAt, rows[^1].Count));
        Assert.All(rows.SkipLast(1), row => Assert.Equal(OccurrenceOutcome.Coalesced, row.Outcome));
        Assert.Equal((259_201L, now + Second, 53), (rows.Sum(row => row.Count), then.Recurrence.NextAt, plans));
        var last = Create().Plan(recurrence.Due(), now, ending: true).Occurrences.Select(one => one.Occurrence).ToArray();
        Assert.Equal(["Coalesced 08:00:00-07:59:59 x259200", "Fired 08:00:00"], Say(last));
    }

    [Fact]
    public void Definition_that_cant_be_read_is_told_except_where_it_ends()
    {
        var planner = Create();
        var recurrence = NewRecurrence("*/15 * * * *", zone: "Mars/Olympus");

        Assert.ThrowsAny<FormatException>(() => planner.Plan(recurrence.Due(), Start));
        Assert.ThrowsAny<FormatException>(() => planner.Next(recurrence, Start));
        Assert.Equal(["SkippedDisabled 08:00:00"], Say(planner.Plan(recurrence.Due(), Start, ending: true).Occurrences.Select(one => one.Occurrence)));
        Assert.Throws<InvalidOperationException>(() => planner.Plan((recurrence with { Kind = "unknown", TimeZone = "UTC" }).Due(), Start));
    }

    [Theory]
    [InlineData("2026-03-29T01:00:00Z", "30 1 * * *", "Europe/London", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "30 1 * * *", "Europe/London", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("2026-11-01T05:30:00Z", "*/30 1 * * *", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T06:00:00Z")]
    public void Next_instant_goes_by_the_zone(string nextAt, string expression, string zone, string fired, string then)
    {
        var now = DateTimeOffset.Parse(nextAt, System.Globalization.CultureInfo.InvariantCulture) + Second;

        var firing = Create().Plan(NewRecurrence(expression, now - Second, zone).Due(), now);

        Assert.Equal(fired, $"{Assert.Single(firing.Occurrences).Occurrence.FirstAt:yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal(then, $"{firing.NextAt:yyyy-MM-ddTHH:mm:ssZ}");
    }

    [Fact]
    public void Disabled_recurrence_has_neither_plan_nor_next_instant()
    {
        var recurrence = NewRecurrence("* * * * *") with { Enabled = false };

        Assert.Empty(Create().Plan(recurrence.Due(), Start.AddDays(1)).Occurrences);
        Assert.Null(Create().Next(recurrence, Start));
        Assert.Equal(Start.AddMinutes(1), Create().Next(recurrence with { Enabled = true }, Start));
    }
}
