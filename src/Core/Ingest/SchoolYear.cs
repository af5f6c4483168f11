using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Switchyard.Ingest;

/// <summary>Represents a school year: two calendar years, one after the other.</summary>
public readonly record struct SchoolYear
{
    private const int Century = 100;
    private readonly int _first;

    private SchoolYear(int first) => _first = first;

    /// <summary>Gets the year in which it ends, taken to be of this century: <c>2526</c> ends in 2026.</summary>
    public int EndYear => 2000 + ((_first + 1) % Century);

    /// <summary>Reads four ASCII digits.</summary>
    /// <param name="text">Such as <c>2526</c>, or <c>2026</c> where clients write the end year (2000 to 2099).</param>
    /// <param name="format">Which of the two it is.</param>
    /// <param name="result">The school year.</param>
    /// <returns>Whether the text is a school year: in Y1Y2 form, the second year must follow the first (<c>9900</c> does).</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, SchoolYearFormat format, out SchoolYear result)
    {
        result = default;
        if (text is not { Length: 4 } || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        var left = int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture);
        var right = int.Parse(text.AsSpan(2), CultureInfo.InvariantCulture);
        result = format == SchoolYearFormat.Y1Y2 ? new(left) : new((right + Century - 1) % Century);
        return format == SchoolYearFormat.Y1Y2 ? right == (left + 1) % Century : left == 20;
    }

    /// <summary>Gets the year in Y1Y2 form, as it is stored.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_first:D2}{(_first + 1) % Century:D2}");
}
