using FsCheck;
using FsCheck.Fluent;

namespace Switchyard.Jobs.Recurring;

/// <summary>A schedule of a simple form, whose instants an oracle finds by walking through time: it knows nothing of how expressions are read.</summary>
internal sealed record SimpleSchedule(int Seconds, int Hour, int Minute, string Zone)
{
    private static readonly string[] Zones =
        ["UTC", "America/New_York", "Europe/London", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "America/Sao_Paulo"];

    /// <summary>Gets those that fire every few seconds, every few minutes, or once a day.</summary>
    public static Gen<SimpleSchedule> Generator { get; } =
        from zone in Gen.Elements(Zones)
        from seconds in Gen.Elements(1, 5, 10, 30, 60, 300, 900, 0, 0)
        from hour in Gen.Choose(5, 22)
        from minute in Gen.Choose(0, 59)
        select new SimpleSchedule(seconds, hour, minute, zone);

    public string Expression => Seconds switch
    {
        0 => $"{Minute} {Hour} * * *",
        < 60 => $"*/{Seconds} * * * * *",
        _ => $"*/{Seconds / 60} * * * *",
    };

    public string Class => Seconds switch { 0 => "daily", < 60 => "seconds", _ => "minutes" };

    /// <summary>Lists the instants after one time up to another.</summary>
    public List<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var step = TimeSpan.FromSeconds(Seconds is > 0 and < 60 ? 1 : 60);
        var found = new List<DateTimeOffset>();
        for (var at = new DateTimeOffset(after.UtcTicks - (after.UtcTicks % step.Ticks), TimeSpan.Zero) + step; at <= until; at += step)
        {
            if (Fires(at, zone))
            {
                found.Add(at);
            }
        }

        return found;
    }

    private bool Fires(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (Seconds is > 0 and < 60)
        {
            return at.Second % Seconds == 0;
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        return Seconds == 0 ? (local.Hour, local.Minute) == (Hour, Minute) : local.Minute % (Seconds / 60) == 0;
    }
}
