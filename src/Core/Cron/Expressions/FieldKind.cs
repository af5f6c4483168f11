namespace Switchyard.Cron.Expressions;

/// <summary>Represents one of the six fields: what it is called, its bounds and its names.</summary>
internal sealed class FieldKind
{
    public static readonly FieldKind Second = new("second", 0, 59);
    public static readonly FieldKind Minute = new("minute", 0, 59);
    public static readonly FieldKind Hour = new("hour", 0, 23);
    public static readonly FieldKind DayOfMonth = new("day of month", 1, 31);
    public static readonly FieldKind Month = new(
        "month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    public static readonly FieldKind DayOfWeek = new("day of week", 0, 6, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>The fields in the order of an expression with seconds.</summary>
    public static readonly FieldKind[] All = [Second, Minute, Hour, DayOfMonth, Month, DayOfWeek];

    private FieldKind(string name, int minimum, int maximum, params string[] names)
    {
        Name = name;
        Minimum = minimum;
        Maximum = maximum;
        Names = names;
    }

    public string Name { get; }

    public int Minimum { get; }

    /// <summary>Gets the largest value that <c>*</c> stands for.</summary>
    public int Maximum { get; }

    /// <summary>Gets the largest number that may be written: 7 is Sunday too.</summary>
    public int Largest => this == DayOfWeek ? 7 : Maximum;

    /// <summary>Gets the names of the values from <see cref="Minimum"/> on; empty where a field has none.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the set of all values.</summary>
    public ulong Every => ((1UL << (Maximum - Minimum + 1)) - 1) << Minimum;

    /// <summary>Gets what may be written, for a message.</summary>
    public string Allowed => Names.Count == 0
        ? $"a number from {Minimum} to {Largest}"
        : $"a number from {Minimum} to {Largest} or a name from {Names[0]} to {Names[^1]}";
}
