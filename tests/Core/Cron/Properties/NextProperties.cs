using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Switchyard.Cron.Tests.Oracle;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Cron.Tests.Properties;

/// <summary>P-CR1 to 4, 9, 10, 12: what the next firing is, whatever the expression, the zone and the instant.</summary>
public sealed class NextProperties
{
    private static readonly Duration FourYears = Duration.FromDays(4 * 366);

    [Fact]
    public void Next_is_later_and_the_first_that_fits() => Property.Holds(
        Cases.In(Cases.Expressions), Cases.Nearness, ["far from a change", "near a change"], of =>
        {
            var (zone, expression) = (OracleZones.Get(of.Zone), new OracleExpression(of.Text));
            var limit = Instant.Min(of.At + FourYears, Instant.FromUtc(2038, 1, 1, 0, 0));

            var next = of.Schedule.Next(of.From);

            var expected = OracleScan.Next(zone, expression, of.At, limit);
            Assert.True(next > of.From && next.Value.Offset == TimeSpan.Zero);
            Assert.Equal(expected, next is { } found && Instant.FromDateTimeOffset(found) <= limit ? Instant.FromDateTimeOffset(found) : null);
        });

    [Fact]
    public void Next_is_shown_by_the_clock_or_ends_a_gap() => Property.Holds(
        Cases.In(Gen.OneOf(Cases.Expressions, Cases.Fixed)), Cases.Nearness, ["far from a change", "near a change"], of =>
        {
            var next = Instant.FromDateTimeOffset(of.Schedule.Next(of.From)!.Value);
            if (next > Instant.FromUtc(2038, 1, 1, 0, 0))
            {
                return;
            }

            var interval = OracleZones.Get(of.Zone).GetZoneInterval(next);
            Assert.True(
                new OracleExpression(of.Text).Matches(next.WithOffset(interval.WallOffset).LocalDateTime)
                || interval.HasStart && interval.Start == next && OracleZones.Get(of.Zone).GetUtcOffset(next - Duration.Epsilon) < interval.WallOffset);
        });

    [Fact]
    public void Between_is_next_again_and_again_and_splits_anywhere() => Property.Holds(
        Cases.In(Gen.OneOf(Cases.Expressions, Cases.Fixed)).SelectMany(_ => Gen.Choose(0, 5 * 24 * 3600), (of, cut) => (Case: of, Cut: cut)),
        of => Cases.Nearness(of.Case), ["far from a change", "near a change"], of =>
        {
            var schedule = of.Case.Schedule;
            var (after, cut, until) = (of.Case.From, of.Case.From.AddSeconds(of.Cut), of.Case.From.AddDays(5));

            var all = schedule.Between(after, until).Take(5000).ToArray();

            if (all.Length == 5000)
            {
                until = all[^1];
                cut = cut < until ? cut : until;
            }

            var iterated = new List<DateTimeOffset>();
            for (var next = schedule.Next(after); next <= until; next = schedule.Next(next.Value))
            {
                Assert.True(iterated.Count == 0 || next > iterated[^1]);
                iterated.Add(next.Value);
            }

            Assert.Equal(iterated, all);
            Assert.Equal(all, schedule.Between(after, cut).Concat(schedule.Between(cut, until)));
            Assert.Equal(all.Length, schedule.Count(after, until));
        },
        cases: 300);

    [Fact]
    public void Days_are_those_of_either_field_when_both_are_restricted() => Property.Holds(
        from text in Cases.Any
        from year in Gen.Choose(2000, 2099)
        select (Days: string.Join(' ', text.Split(' ')[^3..]), Year: year),
        of => of.Days.Split(' ') is ["*", _, "*"] ? "open" : of.Days.StartsWith('*') || of.Days.Split(' ')[2].StartsWith('*') ? "one restricted" : "both restricted",
        ["open", "one restricted", "both restricted"],
        of =>
        {
            var text = $"0 0 {of.Days}";
            var (from, until) = (new LocalDate(of.Year, 1, 1), new LocalDate(of.Year + 1, 1, 1));
            var oracle = new OracleExpression(text);
            var days = Enumerable.Range(0, Period.DaysBetween(from, until)).Select(from.PlusDays).Where(date => oracle.MatchesDate(date.AtMidnight()));

            var ours = CronSchedule.TryParse(text, null, out var schedule, out _)
                ? schedule.Between(Midnight(from).AddSeconds(-1), Midnight(until).AddSeconds(-1)).Select(at => LocalDate.FromDateTime(at.DateTime))
                : [];

            Assert.Equal(days, ours);
        });

    [Fact]
    public void What_is_accepted_fires_and_what_never_fires_is_refused() => Property.Holds(
        from text in Gen.Frequency((4, Cases.Any), (1, Cases.Rare))
        from at in Cases.Anywhen
        select (Text: text, At: at),
        of => CanFire(of.Text) ? "can fire" : "never fires", ["can fire", "never fires"], of =>
        {
            var isAccepted = CronSchedule.TryParse(of.Text, null, out var schedule, out var error);

            Assert.Equal(CanFire(of.Text), isAccepted);
            Assert.True(isAccepted ? schedule!.Next(of.At.ToDateTimeOffset().AddYears(1)) is not null : error is { Kind: CronErrorKind.NeverFires, Field: "day of month" });
        });

    [Fact]
    public void Zero_seconds_mean_what_no_seconds_mean() => Property.Holds(
        Cases.In(Cases.Expressions.Where(text => text.Split(' ').Length == 5)), Cases.Nearness, ["near a change"], of =>
        {
            var (five, six) = (of.Schedule, CronSchedule.Parse($"0 {of.Text}", of.Zone));

            Assert.Equal(five, six);
            Assert.Equal(five.Next(of.From), six.Next(of.From));
        });

    // By the calendar of a leap year: a date in it comes again on every day of the week within 40 years.
    private static bool CanFire(string text)
    {
        var fields = text.Split(' ');
        var dates = new OracleExpression($"0 0 {fields[^3]} {fields[^2]} *");
        var days = new OracleExpression($"0 0 * {fields[^2]} {fields[^1]}");
        var year = Enumerable.Range(0, 366).Select(day => new LocalDate(2000, 1, 1).PlusDays(day).AtMidnight()).ToArray();
        return year.Any(dates.MatchesDate) || fields[^3][0] != '*' && fields[^1][0] != '*' && year.Any(days.MatchesDate);
    }

    private static DateTimeOffset Midnight(LocalDate date) => new(date.Year, date.Month, date.Day, 0, 0, 0, TimeSpan.Zero);
}
