namespace Switchyard.Cron.Tests;

/// <summary>What is an expression, and what is said about what is none.</summary>
public sealed class CronScheduleParseTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    // text                   canonical                     next after 2026-01-01T00:00Z, a Thursday
    [InlineData("0 2 * * *",             "0 2 * * *",       "2026-01-01T02:00:00Z")]
    [InlineData("0 0 2 * * *",           "0 2 * * *",       "2026-01-01T02:00:00Z")]
    [InlineData("30 0 2 * * *",          "30 0 2 * * *",    "2026-01-01T02:00:30Z")]
    [InlineData("* * * * * *",           "* * * * * *",     "2026-01-01T00:00:01Z")]
    [InlineData("  0\t2 *  * * \t",      "0 2 * * *",       "2026-01-01T02:00:00Z")]
    [InlineData("00 002 * * *",          "0 2 * * *",       "2026-01-01T02:00:00Z")]
    [InlineData("@yearly",               "0 0 1 1 *",       "2027-01-01T00:00:00Z")]
    [InlineData("@annually",             "0 0 1 1 *",       "2027-01-01T00:00:00Z")]
    [InlineData("@monthly",              "0 0 1 * *",       "2026-02-01T00:00:00Z")]
    [InlineData("@weekly",               "0 0 * * 0",       "2026-01-04T00:00:00Z")]
    [InlineData("@daily",                "0 0 * * *",       "2026-01-02T00:00:00Z")]
    [InlineData("@midnight",             "0 0 * * *",       "2026-01-02T00:00:00Z")]
    [InlineData("@hourly",               "0 * * * *",       "2026-01-01T01:00:00Z")]
    [InlineData("0 0 * * 7",             "0 0 * * 0",       "2026-01-04T00:00:00Z")]
    [InlineData("0 0 * * SUN",           "0 0 * * 0",       "2026-01-04T00:00:00Z")]
    [InlineData("0 0 * * Mon-fri",       "0 0 * * 1-5",     "2026-01-02T00:00:00Z")]
    [InlineData("0 0 * * 5-7",           "0 0 * * 0,5,6",   "2026-01-02T00:00:00Z")]
    [InlineData("0 0 * * 0-7",           "0 0 * * 0-6",     "2026-01-02T00:00:00Z")]
    [InlineData("0 0 1 JAN-DEC *",       "0 0 1 * *",       "2026-02-01T00:00:00Z")]
    [InlineData("0 0 1 feb,AUG *",       "0 0 1 2,8 *",     "2026-02-01T00:00:00Z")]
    [InlineData("*/5 * * * *",           "*/5 * * * *",     "2026-01-01T00:05:00Z")]
    [InlineData("0-59/5 * * * *",        "*/5 * * * *",     "2026-01-01T00:05:00Z")]
    [InlineData("0-59 */1 * * *",        "* * * * *",       "2026-01-01T00:01:00Z")]
    [InlineData("5/20 * * * *",          "5-45/20 * * * *", "2026-01-01T00:05:00Z")]
    [InlineData("7 4-4 * * *",           "7 4-4 * * *",     "2026-01-01T04:07:00Z")]
    [InlineData("30,0,30 2 * * *",       "0,30 2 * * *",    "2026-01-01T02:00:00Z")]
    [InlineData("0 0 */2 * *",           "0 0 */2 * *",     "2026-01-03T00:00:00Z")]
    [InlineData("0 0 *,5 * *",           "0 0 * * *",       "2026-01-02T00:00:00Z")]
    [InlineData("0 0 */10,2 * *",        "0 0 */10,2 * *",  "2026-01-02T00:00:00Z")]
    [InlineData("0 0 1-31 * 1",          "0 0 1-31 * 1",    "2026-01-02T00:00:00Z")]
    [InlineData("0 0 31 2 1",            "0 0 31 2 1",      "2026-02-02T00:00:00Z")]
    public void Reads(string text, string canonical, string next)
    {
        var schedule = CronSchedule.Parse(text);

        Assert.Equal(canonical, schedule.Expression);
        Assert.Equal(DateTimeOffset.Parse(next, null), schedule.Next(Start));
        Assert.Equal("UTC", schedule.TimeZone);
    }

    [Theory]
    // text                kind                        field           position
    [InlineData(null,               CronErrorKind.Empty,        null,           null)]
    [InlineData("",                 CronErrorKind.Empty,        null,           null)]
    [InlineData(" \t ",             CronErrorKind.Empty,        null,           null)]
    [InlineData("*",                CronErrorKind.FieldCount,   null,           null)]
    [InlineData("* * * *",          CronErrorKind.FieldCount,   null,           null)]
    [InlineData("* * * * * * *",    CronErrorKind.FieldCount,   null,           null)]
    [InlineData("@reboot",          CronErrorKind.Macro,        null,           0)]
    [InlineData("@every 1ns",       CronErrorKind.Macro,        null,           0)]
    [InlineData("@DAILY",           CronErrorKind.Macro,        null,           0)]
    [InlineData(" @manual",         CronErrorKind.Macro,        null,           1)]
    [InlineData("@daily 1",         CronErrorKind.Macro,        null,           0)]
    [InlineData("60 * * * *",       CronErrorKind.Field,        "minute",       0)]
    [InlineData("60 * * * * *",     CronErrorKind.Field,        "second",       0)]
    [InlineData("* 24 * * *",       CronErrorKind.Field,        "hour",         2)]
    [InlineData("* * 0 * *",        CronErrorKind.Field,        "day of month", 4)]
    [InlineData("* * 32 * *",       CronErrorKind.Field,        "day of month", 4)]
    [InlineData("* * * 13 *",       CronErrorKind.Field,        "month",        6)]
    [InlineData("* * * 0 *",        CronErrorKind.Field,        "month",        6)]
    [InlineData("* * * * 8",        CronErrorKind.Field,        "day of week",  8)]
    [InlineData("*/0 * * * *",      CronErrorKind.Field,        "minute",       2)]
    [InlineData("*/-1 * * * *",     CronErrorKind.Field,        "minute",       2)]
    [InlineData("*/ * * * *",       CronErrorKind.Field,        "minute",       2)]
    [InlineData("*/60 * * * *",     CronErrorKind.Field,        "minute",       2)]
    [InlineData("0-59/99999999999 * * * *", CronErrorKind.Field, "minute",      5)]
    [InlineData("1267650600228229401496703205376 * * * *", CronErrorKind.Field, "minute", 0)]
    [InlineData("*/2/2 * * * *",    CronErrorKind.Field,        "minute",       3)]
    [InlineData("5-1 * * * *",      CronErrorKind.Field,        "minute",       0)]
    [InlineData("* 1-0 * * *",      CronErrorKind.Field,        "hour",         2)]
    [InlineData("* * * * Mon-Sun",  CronErrorKind.Field,        "day of week",  8)]
    [InlineData("* * * * 6-0",      CronErrorKind.Field,        "day of week",  8)]
    [InlineData("* * * DEC-JAN *",  CronErrorKind.Field,        "month",        6)]
    [InlineData("1,,2 * * * *",     CronErrorKind.Field,        "minute",       2)]
    [InlineData(",1 * * * *",       CronErrorKind.Field,        "minute",       0)]
    [InlineData("1, * * * *",       CronErrorKind.Field,        "minute",       2)]
    [InlineData("1- * * * *",       CronErrorKind.Field,        "minute",       2)]
    [InlineData("-1 * * * *",       CronErrorKind.Field,        "minute",       0)]
    [InlineData("+1 * * * *",       CronErrorKind.Field,        "minute",       0)]
    [InlineData("1.5 * * * *",      CronErrorKind.Field,        "minute",       1)]
    [InlineData("1-2-3 * * * *",    CronErrorKind.Field,        "minute",       3)]
    [InlineData("*-5 * * * *",      CronErrorKind.Field,        "minute",       1)]
    [InlineData("** * * * *",       CronErrorKind.Field,        "minute",       1)]
    [InlineData("*5 * * * *",       CronErrorKind.Field,        "minute",       1)]
    [InlineData("0x1 * * * *",      CronErrorKind.Field,        "minute",       1)]
    [InlineData("? * * * *",        CronErrorKind.Field,        "minute",       0)]
    [InlineData("0 0 ? * *",        CronErrorKind.Field,        "day of month", 4)]
    [InlineData("0 0 L * *",        CronErrorKind.Field,        "day of month", 4)]
    [InlineData("0 0 15W * *",      CronErrorKind.Field,        "day of month", 6)]
    [InlineData("0 0 LW * *",       CronErrorKind.Field,        "day of month", 4)]
    [InlineData("0 0 * * 5L",       CronErrorKind.Field,        "day of week",  9)]
    [InlineData("0 0 * * 1#2",      CronErrorKind.Field,        "day of week",  9)]
    [InlineData("H * * * *",        CronErrorKind.Field,        "minute",       0)]
    [InlineData("MON * * * *",      CronErrorKind.Field,        "minute",       0)]
    [InlineData("0 0 MON * *",      CronErrorKind.Field,        "day of month", 4)]
    [InlineData("0 0 * MON *",      CronErrorKind.Field,        "month",        6)]
    [InlineData("0 0 * * JAN",      CronErrorKind.Field,        "day of week",  8)]
    [InlineData("0 0 * * MO",       CronErrorKind.Field,        "day of week",  8)]
    [InlineData("0 0 * * MOND",     CronErrorKind.Field,        "day of week",  8)]
    [InlineData("0 0 * * Monday",   CronErrorKind.Field,        "day of week",  8)]
    [InlineData("0 0 * J *",        CronErrorKind.Field,        "month",        6)]
    [InlineData("0 0 * * S",        CronErrorKind.Field,        "day of week",  8)]
    [InlineData("0 2\n* * *",       CronErrorKind.Character,    null,           3)]
    [InlineData("0 2 * * *\r\n",    CronErrorKind.Character,    null,           9)]
    [InlineData("\n",               CronErrorKind.Character,    null,           0)]
    [InlineData("0\u00A02 * * *",   CronErrorKind.Character,    null,           1)]
    [InlineData("0 \u0662 * * *",   CronErrorKind.Character,    null,           2)]
    [InlineData("\u0660 0 * * *",   CronErrorKind.Character,    null,           0)]
    [InlineData("0 0 \uFF0A * *",   CronErrorKind.Character,    null,           4)]
    [InlineData("0 0 * * * \uD83D\uDE00", CronErrorKind.Character, null,        10)]
    [InlineData("0 0 * * *\0",      CronErrorKind.Character,    null,           9)]
    [InlineData("0 0 30 2 *",       CronErrorKind.NeverFires,   "day of month", 4)]
    [InlineData("0 0 31 2 *",       CronErrorKind.NeverFires,   "day of month", 4)]
    [InlineData("0 0 9 31 2 *",     CronErrorKind.NeverFires,   "day of month", 6)]
    [InlineData("0 0 31 4,6,9,11 *", CronErrorKind.NeverFires,  "day of month", 4)]
    [InlineData("0 0 30,31 2 *",    CronErrorKind.NeverFires,   "day of month", 4)]
    [InlineData("0 0 31 4 */2",     CronErrorKind.NeverFires,   "day of month", 4)]
    public void Refuses(string? text, CronErrorKind kind, string? field, int? position)
    {
        Assert.False(CronSchedule.TryParse(text, null, out var schedule, out var error));

        Assert.Null(schedule);
        Assert.Equal((kind, field, position), (error.Kind, error.Field, error.Position));
        if (position is not null)
        {
            Assert.Contains($"position {position}", error.Message, StringComparison.Ordinal);
            Assert.Contains(field ?? "", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("60 * * * *",      "The field 'minute' is wrong at position 0: 60 is out of bounds; write a number from 0 to 59.")]
    [InlineData("0 0 * * 1-5,FR",  "The field 'day of week' is wrong at position 12: 'FR' is not a value; write * or a number from 0 to 7 or a name from SUN to SAT.")]
    [InlineData("0 0 * * FRI-SUN", "The field 'day of week' is wrong at position 8: the range 'FRI-SUN' is reversed; write the smaller day first; at the end of a range Sunday is 7.")]
    [InlineData("0 0 L * *",       "The field 'day of month' is wrong at position 4: 'L' is not supported; write * or a number from 1 to 31.")]
    [InlineData("*/0 * * * *",     "The field 'minute' is wrong at position 2: a step is a number from 1 to 59.")]
    [InlineData("0 0 30 2 *",      "The expression would never fire: no month of it has the day of month at position 4.")]
    [InlineData("* * * *",         "The expression has 4 fields; write 5 (minute, hour, day of month, month, day of week), or 6 with seconds first.")]
    public void Error_says_what_would_be_right(string text, string message)
    {
        var thrown = Assert.Throws<CronFormatException>(() => CronSchedule.Parse(text));

        Assert.Equal(message, thrown.Message);
        Assert.Equal(message, thrown.Error.Message);
    }

    [Fact]
    public void Length_is_bounded()
    {
        var longest = string.Join(',', Enumerable.Repeat("10", 338)) + "       * * * *";

        Assert.Equal(CronSchedule.MaximumLength + 3, longest.Length);
        Assert.True(CronSchedule.TryParse(longest[3..], null, out _, out _));
        Assert.All([longest, new string(',', 10_000), new string('1', 100_000), new string(' ', 100_000)], text =>
        {
            Assert.False(CronSchedule.TryParse(text, null, out _, out var error));
            Assert.Equal((CronErrorKind.TooLong, null, CronSchedule.MaximumLength), (error.Kind, error.Field, error.Position));
        });
    }
}
