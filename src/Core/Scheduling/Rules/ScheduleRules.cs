using Switchyard.Cron;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Rules;

/// <summary>Says what the values of a schedule may be. Pure.</summary>
internal static class ScheduleRules
{
    private const int LongestExpression = 1000;
    private const int MostRuns = 100;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    public static SchedulingRefusal? Check(CreateSchedule request)
    {
        var problems = new ProblemList();
        problems.AddUnless(request.AccountId is not null, "account_id", "is required");
        Name(request.Name, problems);
        Expression(request.Schedule, problems);
        problems.AddUnless(request.Type is not null, "type", "is required");
        Zone(request.TimeZone, problems);
        Policies(request.MisfirePolicy, request.CatchUpWindow, request.OverlapPolicy, problems);
        return problems.ToRefusal();
    }

    public static SchedulingRefusal? Check(UpdateSchedule request)
    {
        var problems = new ProblemList();
        if (request.Name is not null)
        {
            Name(request.Name, problems);
        }

        if (request.Schedule is not null)
        {
            Expression(request.Schedule, problems);
        }

        Zone(request.TimeZone, problems);
        Policies(request.MisfirePolicy ?? default, request.CatchUpWindow, request.OverlapPolicy ?? default, problems);
        return problems.ToRefusal();
    }

    public static SchedulingRefusal? Check(string? schedule, string? timeZone, int count)
    {
        var problems = new ProblemList();
        Expression(schedule, problems);
        Zone(timeZone, problems);
        Count(count, problems);
        return problems.ToRefusal();
    }

    public static SchedulingRefusal? Check(int count)
    {
        var problems = new ProblemList();
        Count(count, problems);
        return problems.ToRefusal();
    }

    /// <summary>Gets the name of a zone as the database spells it; the name must be one.</summary>
    public static string Canonical(string zone) => CronSchedule.IsTimeZone(zone, out var canonical) ? canonical : zone;

    private static void Name(string? name, ProblemList problems) =>
        problems.AddUnless(TextRules.IsName(name), "name", name is null ? "is required" : TextRules.NameRule);

    private static void Expression(string? expression, ProblemList problems)
    {
        if (expression is null)
        {
            problems.Add("schedule", "is required");
        }
        else if (expression.Length > LongestExpression)
        {
            problems.AddCron("schedule", $"is longer than {LongestExpression} characters");
        }
        else if (!CronSchedule.TryParse(expression, "UTC", out _, out var error))
        {
            problems.AddCron("schedule", $"is not a cron expression: {error.Message}");
        }
    }

    private static void Zone(string? zone, ProblemList problems) =>
        problems.AddUnless(zone is null || CronSchedule.IsTimeZone(zone, out _), "timezone", "is not the IANA name of a time zone, such as America/New_York");

    private static void Policies(MisfirePolicy misfire, TimeSpan? window, OverlapPolicy overlap, ProblemList problems)
    {
        problems.AddUnless(Enum.IsDefined(misfire), "misfire_policy", "must be fire_once, skip or fire_all");
        problems.AddUnless(
            window is null || (window >= TimeSpan.FromSeconds(1) && window <= LongestWindow && window.Value.Ticks % TimeSpan.TicksPerSecond == 0),
            "catch_up_window_seconds",
            "must be 1 to 31622400 (366 days)");
        problems.AddUnless(Enum.IsDefined(overlap), "overlap_policy", "must be allow, skip or buffer_one");
    }

    private static void Count(int count, ProblemList problems) => problems.AddUnless(count is >= 1 and <= MostRuns, "count", $"must be 1 to {MostRuns}");
}
