namespace PackageConsumer.Uses;

/// <summary>Fires through a night in which the clocks skip an hour, and reads what is none.</summary>
internal static class CronInZones
{
    public static Task<string> UseAsync()
    {
        var eve = new DateTimeOffset(2026, 3, 7, 12, 0, 0, TimeSpan.Zero);
        var (next, inAWeek, sentence) = Snippets.Cron.Use(eve);
        Host.Require(next == new DateTimeOffset(2026, 3, 9, 6, 0, 0, TimeSpan.Zero), "Monday's firing is in summer time");
        Host.Require(inAWeek == 5, "a week has five");
        Host.Require(sentence == "At 02:00, from Monday to Friday, New York time", "it says what it does");

        var night = Snippets.Cron.Preview("30 2 * * *", "america/new_york", eve);
        Host.Require(night.StartsWith("2026-03-08 03:00 -04:00 Stands for 02:30", StringComparison.Ordinal), "a skipped time fires after the gap");
        var wrong = Snippets.Cron.Preview("0 25 * * *", null, eve);
        Host.Require(wrong.StartsWith("Field in hour, position 2:", StringComparison.Ordinal), "an error names field and place");
        return Task.FromResult($"next at {next:u}; {wrong}");
    }
}
