using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Delivering;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData(" 7 ", 7)]
    [InlineData("86400", 86400)]
    [InlineData("86401", 86400)]
    [InlineData("1000000000000", 86400)]
    [InlineData("99999999999999999999999999", 86400)]
    [InlineData("Mon, 02 Mar 2026 08:05:00 GMT", 300)]
    [InlineData("Monday, 02-Mar-26 08:05:00 GMT", 300)]
    [InlineData("Mon Mar  2 08:05:00 2026", 300)]
    [InlineData("Mon, 02 Mar 2026 07:00:00 GMT", 0)]
    [InlineData("Tue, 02 Mar 2026 08:05:00 GMT", null)]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT", 86400)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("1e3", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Seconds_and_dates_are_read_and_cut(string? text, int? seconds) =>
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, RetryAfter.Read(text, Now, Day));

    // P-EX6.
    [Fact]
    public void Any_text_is_a_wait_within_bounds_or_nothing() => Property.Holds(
        Texts(),
        text => RetryAfter.Read(text, Now, Day) switch { null => "nothing", var wait when wait == Day => "cut", _ => "wait" },
        ["nothing", "cut", "wait"],
        text =>
        {
            var wait = RetryAfter.Read(text, Now, Day);

            Assert.True(wait is null || (wait >= TimeSpan.Zero && wait <= Day));
        });

    private static Gen<string> Texts() => Gen.Frequency(
        (2, Gen.Choose(0, 200_000).Select(seconds => seconds.ToString(CultureInfo.InvariantCulture))),
        (1, Gen.ListOf(Gen.Elements("0123456789".ToCharArray())).Select(digits => string.Concat(digits))),
        (2, Gen.Choose(-100_000, 100_000).Select(seconds => Now.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture))),
        (2, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")));
}
