using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.TimeZones;
using Switchyard.Cron.Tests.Oracle;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Cron.Tests.Properties;

/// <summary>P-CR7 and 8: fixed times and intervals where clocks change.</summary>
public sealed class ChangeProperties
{
    // A gap answers with its end, an overlap with its first pass.
    private static readonly ZoneLocalMappingResolver Resolve = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    [Fact]
    public void Fixed_times_fire_once_for_each_nominal_time_those_that_meet_in_one() => Property.Holds(
        Cases.In(Cases.Fixed).SelectMany(of => Cases.Near(of.Zone), (of, at) => of with { At = at }),
        Kind, ["gap", "overlap", "no change"], of =>
        {
            var (zone, expression) = (OracleZones.Get(of.Zone), new OracleExpression(of.Text));
            var until = of.At + Duration.FromDays(2);
            var (first, last) = (of.At.InUtc().LocalDateTime.PlusDays(-2), until.InUtc().LocalDateTime.PlusDays(2));
            var nominal = Enumerable.Range(0, (int)(last - first).ToDuration().TotalMinutes + 1)
                .Select(minute => first.Date.AtMidnight().PlusMinutes(first.Hour * 60 + first.Minute + minute)).Where(expression.Matches);
            var expected = nominal.Select(local => zone.ResolveLocal(local, Resolve).ToInstant()).Distinct().Where(at => at > of.At && at <= until).Order();

            var fired = of.Schedule.Between(of.From, until.ToDateTimeOffset());

            Assert.Equal(expected.Select(at => at.ToDateTimeOffset()), fired);
        });

    [Fact]
    public void Intervals_leave_no_hole_and_fire_in_both_passes() => Property.Holds(
        from zone in Gen.Elements(OracleZones.Agreeing)
        from at in Cases.Near(zone)
        from step in Gen.Elements(1, 2, 3, 5, 7, 10, 15, 20, 30)
        select (Step: step, Case: new Case(step == 1 ? "* * * * *" : $"*/{step} * * * *", zone, at)),
        of => Kind(of.Case), ["gap", "overlap", "no change"], of =>
        {
            var (after, until) = (of.Case.From, of.Case.From.AddDays(2));

            var fired = of.Case.Schedule.Between(after, until).ToArray();

            Assert.All(fired.Zip(fired.Skip(1)), pair => Assert.True(pair.Second - pair.First <= TimeSpan.FromMinutes(2 * of.Step)));
            var zone = OracleZones.Get(of.Case.Zone);
            var twice = fired.Select(Instant.FromDateTimeOffset).Select(at => at.InZone(zone).LocalDateTime)
                .Where(local => local.Minute % of.Step == 0 && zone.MapLocal(local).Count == 2).ToArray();
            Assert.All(
                twice.SelectMany(local => new[] { zone.MapLocal(local).First(), zone.MapLocal(local).Last() }).Select(at => at.ToDateTimeOffset()).Where(at => at > after && at <= until),
                at => Assert.Contains(at, fired));
        },
        cases: 500);

    private static string Kind(Case of)
    {
        var zone = OracleZones.Get(of.Zone);
        var change = zone.GetZoneInterval(of.At) is { HasEnd: true } interval && interval.End < of.At + Duration.FromDays(2) ? interval.End : Instant.MaxValue;
        return change == Instant.MaxValue ? "no change" : zone.GetUtcOffset(change) > zone.GetUtcOffset(change - Duration.Epsilon) ? "gap" : "overlap";
    }
}
