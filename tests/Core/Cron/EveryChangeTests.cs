using NodaTime;
using Switchyard.Cron.Tests.Oracle;

namespace Switchyard.Cron.Tests;

/// <summary>Compares schedules with a walk through the wall clock around every change of 2000 to 2037.</summary>
public sealed class EveryChangeTests
{
    private static readonly string[] ByMinute =
    [
        "* * * * *", "*/5 * * * *", "*/7 * * * *", "*/15 * * * *", "*/30 * * * *", "0 * * * *", "30 * * * *", "0,30 * * * *", "45 */2 * * *",
        "0 0 * * *", "30 0 * * *", "0 1 * * *", "30 1 * * *", "15 2 * * *", "30 2 * * *", "0 3 * * *", "0,30 2 * * *", "0,15,30,45 0,1,2,3,22,23 * * *",
        "*/30 1 * * *", "30 1-2 * * *", "30 1/1 * * *", "0 12 * * *", "30 23 * * *", "59 23 * * *", "0 0-6/2 * * *", "0 2 * * 0", "30 1 1-7 * *", "30 2 1 * 0",
        "0 0 31 * *", "15 0 */2 * 5", "30 2 29-31 3,10 *", "0 0 1 1 *",
    ];

    private static readonly string[] BySecond = ["*/10 * * * * *", "30 30 1 * * *", "0,45 30 2 * * *", "59 59 * * * *", "5-7 */20 1-3 * * *", "0 0 0 * * *", "1 0 0,1,2,3 * * *"];

    public static TheoryData<string> AllZones() => [.. OracleZones.Ids];

    [Theory]
    [MemberData(nameof(AllZones))]
    public void Agrees_with_a_walk_by_the_minute(string id) => Compare(id, ByMinute, seconds: 60, _ => Duration.FromHours(36));

    [Theory]
    [MemberData(nameof(AllZones))]
    public void Agrees_with_a_walk_by_the_second(string id) =>
        Compare(id, BySecond, seconds: 1, change => Duration.FromMinutes(10 + Math.Min(120, Math.Abs(Minutes(id, change) - Minutes(id, change - Duration.Epsilon)))));

    [Fact]
    public void Every_kind_of_change_is_met()
    {
        var changes = OracleZones.Ids.SelectMany(id => OracleZones.Changes(id).Select(at => Minutes(id, at) - Minutes(id, at - Duration.Epsilon))).ToArray();

        var known = OracleZones.Ids.Sum(id => OracleZones.KnownChanges(id).Count());

        Assert.True(OracleZones.Ids.Length >= 20);
        Assert.True(known >= 0.95 * changes.Length, $"Of {changes.Length} changes this machine's time zone data has {known} alike.");
        Assert.True(changes.Length > 1500, $"{changes.Length} changes");
        Assert.Superset(new HashSet<int> { 60, -60, 30, -30, 120, -120, 24 * 60 }, changes.ToHashSet());
    }

    private static int Minutes(string id, Instant at) => OracleZones.Get(id).GetUtcOffset(at).Seconds / 60;

    [Theory]
    [InlineData("Africa/Casablanca")]
    [InlineData("Africa/El_Aaiun")]
    public void Agrees_where_the_exception_is_winter_time_by_this_machines_data_too(string id) =>
        Compare(id, ByMinute, seconds: 60, _ => Duration.FromHours(36), OracleZones.ChangesHere(id), at => OracleZones.OffsetHere(id, at));

    private static void Compare(string id, string[] expressions, int seconds, Func<Instant, Duration> around) =>
        Compare(id, expressions, seconds, around, OracleZones.KnownChanges(id).DefaultIfEmpty(Instant.FromUtc(2026, 1, 1, 0, 0)), OracleZones.Get(id).GetUtcOffset);

    private static void Compare(string id, string[] expressions, int seconds, Func<Instant, Duration> around, IEnumerable<Instant> changes, Func<Instant, Offset> offset)
    {
        var read = expressions.Select(text => (Ours: CronSchedule.Parse(text, id), Theirs: new OracleExpression(text))).ToArray();
        foreach (var change in changes)
        {
            var (from, until) = (change - around(change), change + around(change));
            var clock = new WallClock(offset, from, until, seconds);
            foreach (var (ours, theirs) in read)
            {
                Assert.Equal(clock.Firings(theirs), ours.Between(from.ToDateTimeOffset(), until.ToDateTimeOffset()));
            }
        }
    }
}
