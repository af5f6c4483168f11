using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Switchyard.Cron.Tests.Oracle;

namespace Switchyard.Cron.Tests.Properties;

/// <summary>An expression and where it is used, as a property meets them.</summary>
internal sealed record Case(string Text, string Zone, Instant At)
{
    public CronSchedule Schedule => CronSchedule.Parse(Text, Zone);

    public DateTimeOffset From => At.ToDateTimeOffset();
}

/// <summary>Makes expressions, zones and instants.</summary>
internal static class Cases
{
    private static readonly string[] Days = ["SUN", "mon", "Tue", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] Months = ["JAN", "feb", "Mar", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Expressions that can fire, of all kinds.</summary>
    public static Gen<string> Expressions { get; } = Any.Where(text => CronSchedule.TryParse(text, null, out _, out var error) || error.Kind != CronErrorKind.NeverFires);

    /// <summary>Well-formed expressions, of which some can't ever fire.</summary>
    public static Gen<string> Any =>
        from seconds in Gen.Frequency((4, Gen.Constant("")), (1, Field(0, 59, []).Select(seconds => seconds + " ")))
        from minute in Field(0, 59, [])
        from hour in Field(0, 23, [])
        from date in Gen.Frequency((1, Gen.Constant("*")), (1, Field(1, 31, [])), (1, Gen.Choose(28, 31).Select(Text)))
        from month in Gen.Frequency((2, Gen.Constant("*")), (1, Field(1, 12, Months)), (1, Gen.Elements("2", "FEB", "4", "2,6")))
        from day in Gen.Frequency((1, Gen.Constant("*")), (1, Field(0, 7, Days)))
        select $"{seconds}{minute} {hour} {date} {month} {day}";

    /// <summary>Expressions with few dates or none.</summary>
    public static Gen<string> Rare =>
        from date in Gen.Elements("29", "30", "31", "30-31", "30,31", "31/1", "29,30", "*/30", "*/29")
        from month in Gen.Elements("2", "FEB", "2-2", "2,4", "4,6,9,11", "9/2", "1", "*")
        from day in Gen.Elements("*", "*", "*/2", "*/7", "1")
        select $"0 0 {date} {month} {day}";

    /// <summary>Expressions of fixed hours and minutes, often at times that clocks change.</summary>
    public static Gen<string> Fixed =>
        from minute in Gen.Frequency((2, Gen.Elements("0", "30", "15", "45", "59")), (1, List(0, 59)))
        from hour in Gen.Frequency((3, Gen.Choose(0, 3).Select(Text)), (1, Gen.Elements("22", "23", "12")), (1, List(0, 23)))
        from days in Gen.Elements("* * *", "* * *", "* * *", "* * SUN", "25-31 * *", "*/2 * *", "1-14 3,11 *", "1 * 0")
        select $"{minute} {hour} {days}";

    /// <summary>Any instant of 2000 to 2037, and often one near a change of the zone's clocks.</summary>
    public static Gen<Case> In(Gen<string> expressions) =>
        from text in expressions
        from zone in Gen.Elements(OracleZones.Agreeing)
        from at in Gen.OneOf(Anywhen, Near(zone))
        select new Case(text, zone, at);

    public static Gen<Instant> Anywhen => Gen.Choose(0, 38 * 365 * 24).SelectMany(_ => Gen.Choose(0, 3599), (hour, second) => Instant.FromUtc(2000, 1, 1, 0, 0) + Duration.FromSeconds(hour * 3600L + second));

    /// <summary>Names what a case is about: whether clocks change within a day of it.</summary>
    public static string Nearness(Case of) =>
        OracleZones.Get(of.Zone).GetZoneInterval(of.At - Duration.FromDays(1)) == OracleZones.Get(of.Zone).GetZoneInterval(of.At + Duration.FromDays(1)) ? "far from a change" : "near a change";

    public static Gen<Instant> Near(string zone)
    {
        var changes = OracleZones.Changes(zone).ToArray();
        return changes.Length == 0 ? Anywhen : Gen.Elements(changes).SelectMany(_ => Gen.Choose(-26 * 3600, 4 * 3600), (change, seconds) => change + Duration.FromSeconds(seconds));
    }

    private static Gen<string> Field(int least, int most, string[] names) => Gen.Frequency(
        (3, Gen.Constant("*")),
        (1, Gen.Choose(1, most).Select(step => $"*/{step}")),
        (5, Gen.Choose(1, 3).SelectMany(count => Gen.ArrayOf(Item(least, most, names), count)).Select(items => string.Join(',', items))));

    private static Gen<string> Item(int least, int most, string[] names) =>
        from one in Gen.Choose(least, most)
        from other in Gen.Choose(least, most)
        from step in Gen.Choose(1, most)
        from shape in Gen.Choose(0, 7)
        let first = Math.Min(one, other)
        let last = Math.Max(one, other)
        select shape switch
        {
            0 => $"{first}-{last}",
            1 => $"{first}-{last}/{step}",
            2 => $"{one}/{step}",
            3 when one - least < names.Length => names[one - least],
            4 when step % 5 == 0 => "*",
            _ => Text(one),
        };

    private static Gen<string> List(int least, int most) => Gen.Choose(1, 5).SelectMany(count => Gen.ArrayOf(Gen.Choose(least, most), count)).Select(values => string.Join(',', values));

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
