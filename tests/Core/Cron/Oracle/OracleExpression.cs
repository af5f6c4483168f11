using NodaTime;

namespace Switchyard.Cron.Tests.Oracle;

/// <summary>Reads a well-formed expression in the simplest way there is, to be compared with; it knows nothing of the package.</summary>
internal sealed class OracleExpression
{
    private static readonly string[] MonthNames = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] _seconds;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _dates;
    private readonly bool[] _months;
    private readonly bool[] _days;
    private readonly bool _eitherDay;

    public OracleExpression(string text)
    {
        var fields = text.Split(' ');
        HasSeconds = fields.Length == 6;
        fields = HasSeconds ? fields : ["0", .. fields];
        _seconds = Values(fields[0], 0, 59, []);
        _minutes = Values(fields[1], 0, 59, []);
        _hours = Values(fields[2], 0, 23, []);
        _dates = Values(fields[3], 1, 31, []);
        _months = Values(fields[4], 1, 12, MonthNames);
        _days = Values(fields[5], 0, 7, DayNames);
        _days[0] |= _days[7];
        _eitherDay = fields[3][0] != '*' && fields[5][0] != '*';
        IsFixed = (fields[1] + fields[2]).All(letter => char.IsAsciiDigit(letter) || letter == ',');
    }

    public bool HasSeconds { get; }

    /// <summary>Whether hour and minute are numbers or lists of them.</summary>
    public bool IsFixed { get; }

    public bool Matches(LocalDateTime time) => _minutes[time.Minute] && _hours[time.Hour] && _seconds[time.Second] && MatchesDate(time);

    public bool MatchesMinute(LocalDateTime time) => _minutes[time.Minute] && _hours[time.Hour] && MatchesDate(time);

    public bool MatchesDate(LocalDateTime time)
    {
        var date = _dates[time.Day];
        var day = _days[(int)time.DayOfWeek % 7];
        return _months[time.Month] && (_eitherDay ? date || day : date && day);
    }

    private static bool[] Values(string field, int least, int most, string[] names)
    {
        var values = new bool[60];
        foreach (var item in field.Split(','))
        {
            var parts = item.Split('/');
            var range = parts[0].Split('-');
            var first = range[0] == "*" ? least : Value(range[0], names);
            var isOpen = range[0] == "*" || (parts.Length == 2 && range.Length == 1);
            var last = isOpen ? Math.Max(first, most == 7 ? 6 : most) : Value(range[^1], names);
            var step = parts.Length == 2 ? int.Parse(parts[1], null) : 1;
            for (var value = first; value <= last; value += step)
            {
                values[value] = true;
            }
        }

        return values;
    }

    private static int Value(string text, string[] names) =>
        Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index : int.Parse(text, null);
}
