namespace Switchyard.Cron.Expressions;

/// <summary>Reads one field: a list of values, ranges and stars, each with a step or without.</summary>
internal ref struct FieldParser
{
    // Far above every bound, far below an overflow.
    private const int TooLarge = 100_000;

    private readonly FieldKind _kind;
    private readonly ReadOnlySpan<char> _text;
    private readonly int _start;
    private int _at;
    private ulong _values;
    private bool _isInterval;

    public FieldParser(FieldKind kind, ReadOnlySpan<char> text, int start)
    {
        _kind = kind;
        _text = text;
        _start = start;
    }

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>Reads the field.</summary>
    /// <returns>The error, or null.</returns>
    public CronError? Read(out FieldSet field)
    {
        field = default;
        while (true)
        {
            if (ReadItem() is { } error)
            {
                return error;
            }

            if (_at == _text.Length)
            {
                field = new FieldSet(_values, _text[0] == '*', _isInterval);
                return null;
            }

            _at++;
        }
    }

    private CronError? ReadItem()
    {
        var begin = _at;
        if (ReadRange(out var first, out var last, out var isSingle) is { } wrong)
        {
            return wrong;
        }

        var step = 1;
        if (Current == '/')
        {
            // 5/15 begins at 5 and goes on to the end.
            last = isSingle ? Math.Max(first, _kind.Maximum) : last;
            if (ReadStep(out step) is { } error)
            {
                return error;
            }
        }

        if (Current is not ('\0' or ','))
        {
            return Fail(_at, $"'{Current}' is not expected after '{Show(_text[begin.._at])}'; separate values by commas");
        }

        for (var value = first; value <= last; value += step)
        {
            _values |= 1UL << (_kind == FieldKind.DayOfWeek ? value % 7 : value);
        }

        return null;
    }

    private CronError? ReadRange(out int first, out int last, out bool isSingle)
    {
        (first, last, isSingle) = (_kind.Minimum, _kind.Maximum, false);
        if (Current == '*')
        {
            _isInterval = true;
            _at++;
            return null;
        }

        var begin = _at;
        if (ReadValue(out first) is { } error)
        {
            return error;
        }

        last = first;
        isSingle = Current != '-';
        if (isSingle)
        {
            return null;
        }

        _isInterval = true;
        _at++;
        return ReadValue(out last) ?? (first <= last ? null : Fail(begin, $"the range '{Show(_text[begin.._at])}' is reversed; {ReversedHint}"));
    }

    private readonly string ReversedHint => _kind == FieldKind.DayOfWeek
        ? "write the smaller day first; at the end of a range Sunday is 7"
        : "write the smaller value first, or two ranges joined by a comma";

    private CronError? ReadStep(out int step)
    {
        _isInterval = true;
        var begin = ++_at;
        step = ReadNumber();
        return _at > begin && step >= 1 && step <= _kind.Largest ? null : Fail(begin, $"a step is a number from 1 to {_kind.Largest}");
    }

    private CronError? ReadValue(out int value)
    {
        var begin = _at;
        if (char.IsAsciiDigit(Current))
        {
            value = ReadNumber();
            return value >= _kind.Minimum && value <= _kind.Largest
                ? null
                : Fail(begin, $"{Show(_text[begin.._at])} is out of bounds; write {_kind.Allowed}");
        }

        while (char.IsAsciiLetter(Current))
        {
            _at++;
        }

        value = _kind.Minimum + IndexOfName(_text[begin.._at]);
        var end = _at > begin || Current is ',' or '\0' ? _at : _at + 1;
        return value >= _kind.Minimum ? null : Fail(begin, NotAValue(_text[begin..end]));
    }

    private readonly string NotAValue(ReadOnlySpan<char> text) => text switch
    {
        "" => $"a value is missing; write {_kind.Allowed}",
        "?" or "L" or "W" or "#" or "H" => $"'{text}' is not supported; write * or {_kind.Allowed}",
        _ => $"'{Show(text)}' is not a value; write * or {_kind.Allowed}",
    };

    private int ReadNumber()
    {
        var number = 0;
        for (; char.IsAsciiDigit(Current); _at++)
        {
            number = Math.Min(number * 10 + (Current - '0'), TooLarge);
        }

        return number;
    }

    // The whole name, in any case: NCrontab would take any prefix of one.
    private readonly int IndexOfName(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < _kind.Names.Count; index++)
        {
            if (text.Equals(_kind.Names[index], StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1 - _kind.Minimum;
    }

    private readonly CronError Fail(int at, string what) =>
        new(CronErrorKind.Field, _kind.Name, _start + at, $"The field '{_kind.Name}' is wrong at position {_start + at}: {what}.");

    private static string Show(ReadOnlySpan<char> text) => text.Length <= 20 ? text.ToString() : $"{text[..20]}…";
}
