using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Rules;

/// <summary>The hostile values of seed 4's jobs.</summary>
public sealed class ScheduleRulesTests
{
    public static TheoryData<string> BadNames() =>
        [null!, "", " ", "\t", new string('x', 256), "a\nb", "a\0b", "\u001b[2J", string.Concat(Enumerable.Repeat("😀", 256))];

    public static TheoryData<string> GoodNames() => ["x", new string('x', 255), string.Concat(Enumerable.Repeat("😀", 255)), "مرحبا", "a\u202eb"];

    public static TheoryData<string> BadZones() =>
        ["", " ", "EST5EDT4", "../etc/passwd", "/etc/localtime", "Eastern Standard Time", "UTC+25", new string('A', 10_000), "Europe/Lond\0n"];

    public static TheoryData<string> BadExpressions() =>
    [
        "", " ", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "*/-1 * * * *",
        "5-1 * * * *", "1,,2 * * * *", "1- * * * *", "? * * * *", "* * L * *", "* * 1W * *", "* * * * 1#2", "H * * * *", "٠ * * * *", "＊ * * * *",
        "99999999999999999999999 * * * *", "0 0 30 2 *", "@manual", string.Concat(Enumerable.Repeat("1,", 50_000)) + "1 * * * *",
    ];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Name_that_is_none_is_refused(string? name) => AssertRefused("name", SchedulingHost.Every5Minutes with { Name = name });

    [Fact]
    public void Name_with_half_a_surrogate_pair_is_refused() => AssertRefused("name", SchedulingHost.Every5Minutes with { Name = "half \ud800" });

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void Name_counts_in_scalar_values(string name) => Assert.Null(ScheduleRules.Check(SchedulingHost.Every5Minutes with { Name = name }));

    [Theory]
    [MemberData(nameof(BadZones))]
    public void Zone_that_is_no_IANA_name_is_refused(string zone) => AssertRefused("timezone", SchedulingHost.Every5Minutes with { TimeZone = zone });

    [Theory]
    [MemberData(nameof(BadExpressions))]
    public void Expression_outside_of_the_dialect_is_refused_with_its_own_code(string expression)
    {
        var refusal = ScheduleRules.Check(SchedulingHost.Every5Minutes with { Schedule = expression });

        Assert.Equal((400, SchedulingCodes.InvalidCron), (refusal!.Status, refusal.Code));
        Assert.Equal("schedule", Assert.Single(refusal.Problems).Field);
        Assert.True(refusal.Message.Length < 1000);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(366 * 86400 + 1)]
    [InlineData(1.5)]
    public void Window_is_whole_seconds_within_bounds(double seconds) =>
        AssertRefused("catch_up_window_seconds", SchedulingHost.Every5Minutes with { CatchUpWindow = TimeSpan.FromSeconds(seconds) });

    [Fact]
    public void Unknown_policies_are_refused()
    {
        AssertRefused("misfire_policy", SchedulingHost.Every5Minutes with { MisfirePolicy = (MisfirePolicy)7 });
        AssertRefused("overlap_policy", SchedulingHost.Every5Minutes with { OverlapPolicy = (OverlapPolicy)7 });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Any_number_is_a_type(int type) => Assert.Null(ScheduleRules.Check(SchedulingHost.Every5Minutes with { Type = type }));

    [Fact]
    public void Update_obeys_the_same_rules()
    {
        var refusal = ScheduleRules.Check(new UpdateSchedule
        {
            Name = "", Schedule = "x", TimeZone = "x", MisfirePolicy = (MisfirePolicy)9, CatchUpWindow = TimeSpan.Zero, OverlapPolicy = (OverlapPolicy)9,
        });

        Assert.Equal(
            ["name", "schedule", "timezone", "misfire_policy", "catch_up_window_seconds", "overlap_policy"], refusal!.Problems.Select(problem => problem.Field));
    }

    private static void AssertRefused(string field, CreateSchedule request)
    {
        var refusal = ScheduleRules.Check(request);

        Assert.Equal((400, SchedulingCodes.Validation), (refusal!.Status, refusal.Code));
        Assert.Equal(field, Assert.Single(refusal.Problems).Field);
    }
}
