using NodaTime;

namespace Switchyard.Cron.Tests.Oracle;

/// <summary>The zones that schedules are tried in, each for something of its own.</summary>
internal static class OracleZones
{
    public static readonly string[] Ids =
    [
        "America/New_York", "Europe/London", "Europe/Dublin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Asia/Beirut",
        "America/Havana", "Africa/Casablanca", "Antarctica/Troll", "America/Sao_Paulo", "Pacific/Chatham", "Pacific/Apia", "America/Santiago",
        "Africa/El_Aaiun", "Africa/Windhoek", "America/Asuncion", "America/Caracas", "America/Nuuk", "Asia/Amman", "Asia/Gaza", "Asia/Kathmandu",
        "Asia/Pyongyang", "Asia/Tehran", "Asia/Ulaanbaatar", "Europe/Istanbul", "Europe/Moscow", "Pacific/Easter", "Pacific/Fiji", "Pacific/Norfolk",
        "Pacific/Tongatapu", "UTC",
    ];

    /// <summary>Gets the zones of which the machine's time zone data says the same as NodaTime's all the time.</summary>
    public static string[] Agreeing { get; } =
    [
        .. Ids.Where(id => Enumerable.Range(0, 40 * 366).Select(day => Instant.FromUtc(1999, 1, 1, 0, 0) + Duration.FromDays(day)).All(at => Agree(id, at)))
            .Where(id => Changes(id).Count() == KnownChanges(id).Count()),
    ];

    public static DateTimeZone Get(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>Lists the changes of a zone's clocks from 2000 to 2037.</summary>
    public static IEnumerable<Instant> Changes(string id) =>
        Get(id).GetZoneIntervals(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2038, 1, 1, 0, 0)).Skip(1).Select(interval => interval.Start);

    /// <summary>Lists those that the machine's time zone data has too: laws change, and one of the two may be of a later edition.</summary>
    public static IEnumerable<Instant> KnownChanges(string id) =>
        Changes(id).Where(change => Enumerable.Range(-48, 96).All(hours => Agree(id, change + Duration.FromHours(hours))));

    /// <summary>Lists the changes of the same years as this machine's data has them, to the hour, in which they all are.</summary>
    public static IEnumerable<Instant> ChangesHere(string id) =>
        Enumerable.Range(1, 38 * 366 * 24).Select(hour => Instant.FromUtc(2000, 1, 1, 0, 0) + Duration.FromHours(hour))
            .Where(at => OffsetHere(id, at) != OffsetHere(id, at - Duration.FromHours(1)));

    /// <summary>Gets an offset from this machine's data, by .NET's conversion from UTC.</summary>
    public static Offset OffsetHere(string id, Instant at) => Offset.FromTimeSpan(TimeZoneInfo.FindSystemTimeZoneById(id).GetUtcOffset(at.ToDateTimeUtc()));

    private static bool Agree(string id, Instant at) => OffsetHere(id, at) == Get(id).GetUtcOffset(at);
}
