using Switchyard.Cron;

namespace PackageConsumer.Snippets;

internal static class Cron
{
    public static (DateTimeOffset? Next, int InAWeek, string Sentence) Use(DateTimeOffset now)
    {
        var schedule = CronSchedule.Parse("0 2 * * MON-FRI", "America/New_York");
        var next = schedule.Next(now); // strictly later, in UTC, null after the year 9998
        var week = schedule.Between(now, now.AddDays(7)).ToList(); // (now, now + 7 days]
        var sentence = schedule.Describe(); // At 02:00, from Monday to Friday, New York time
        return (next, week.Count, sentence);
    }

    public static string Preview(string? expression, string? timeZone, DateTimeOffset now)
    {
        if (!CronSchedule.TryParse(expression, timeZone, out var schedule, out var error))
        {
            return $"{error.Kind} in {error.Field}, position {error.Position}: {error.Message}";
        }

        return string.Join('\n', schedule.Upcoming(now, 5).Select(one => $"{one.Local:yyyy-MM-dd HH:mm zzz} {one.Remark}"));
    }
}
