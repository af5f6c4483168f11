using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Ingest;

public sealed class SchoolYearTests
{
    [Fact]
    public void All_four_digits_are_a_school_year_exactly_when_the_second_year_follows_the_first()
    {
        for (var number = 0; number < 10_000; number++)
        {
            var text = number.ToString("D4", CultureInfo.InvariantCulture);

            var isYear = SchoolYear.TryParse(text, SchoolYearFormat.Y1Y2, out var year);

            Assert.Equal(number % 100 == ((number / 100) + 1) % 100, isYear);
            Assert.True(!isYear || year.ToString() == text);
        }
    }

    [Fact]
    public void No_other_text_is_a_school_year()
    {
        var gen = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Choose(0, 9999).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            Gen.Choose(0, 9998).Select(number => number.ToString("D4", CultureInfo.InvariantCulture).Insert(2, "-")),
            Gen.Choose(0, 9998).Select(number => $" {number:D4}"),
            Gen.Constant("２５２６"));
        Property.Holds(
            gen,
            text => text is { Length: 4 } && text.All(char.IsAsciiDigit) ? "digits" : "other",
            ["digits", "other"],
            text => Assert.Equal(
                text is { Length: 4 } && text.All(char.IsAsciiDigit) && int.Parse(text[2..], CultureInfo.InvariantCulture) == (int.Parse(text[..2], CultureInfo.InvariantCulture) + 1) % 100,
                SchoolYear.TryParse(text, SchoolYearFormat.Y1Y2, out _)));
    }

    [Theory]
    [InlineData("2026", true, "2526", 2026)]
    [InlineData("2000", true, "9900", 2000)]
    [InlineData("2099", true, "9899", 2099)]
    [InlineData("2526", false, null, 0)]
    [InlineData("1999", false, null, 0)]
    public void An_end_year_is_of_this_century(string text, bool isYear, string? stored, int endYear)
    {
        Assert.Equal(isYear, SchoolYear.TryParse(text, SchoolYearFormat.EndYear, out var year));
        Assert.True(!isYear || (year.ToString() == stored && year.EndYear == endYear));
    }
}
