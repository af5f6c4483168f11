namespace Switchyard.Cron.Expressions;

/// <summary>Reads an expression: 5 fields, or 6 with seconds first, or a word after <c>@</c>.</summary>
internal static class ExpressionParser
{
    private static readonly FieldSet Zero = new(1, BeginsWithStar: false, IsInterval: false);

    private static readonly Dictionary<string, string> Macros = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    /// <summary>Reads a text of any kind.</summary>
    /// <returns>The error, or null.</returns>
    public static CronError? Read(string? text, out CronExpression? expression)
    {
        expression = null;
        if (text?.Length > CronSchedule.MaximumLength)
        {
            return new CronError(
                CronErrorKind.TooLong, null, CronSchedule.MaximumLength, $"The expression has {text.Length} characters; at most {CronSchedule.MaximumLength} are allowed.");
        }

        // Other white space than spaces and tabs isn't cut off here and is refused as a character.
        var begin = text.AsSpan().IndexOfAnyExcept(' ', '\t');
        if (begin < 0)
        {
            return new CronError(CronErrorKind.Empty, null, null, "The expression is empty; write 5 fields, such as '0 2 * * *', or 6 with seconds first.");
        }

        return text![begin] == '@' ? ReadMacro(text, begin, out expression) : ReadFields(text, out expression);
    }

    private static CronError? ReadMacro(string text, int begin, out CronExpression? expression)
    {
        expression = null;
        return Macros.TryGetValue(text[begin..].TrimEnd(' ', '\t'), out var fields)
            ? ReadFields(fields, out expression)
            : new CronError(CronErrorKind.Macro, null, begin, $"The word at position {begin} is not known; write one of {string.Join(", ", Macros.Keys)}.");
    }

    private static CronError? ReadFields(string text, out CronExpression? expression)
    {
        expression = null;
        Span<Range> ranges = stackalloc Range[7];
        var count = Split(text, ranges);
        if (FindStrange(text) is { } strange)
        {
            return strange;
        }

        if (count is not (5 or 6))
        {
            return new CronError(
                CronErrorKind.FieldCount, null, null, $"The expression has {(count > 6 ? "more than 6 fields" : count == 1 ? "1 field" : $"{count} fields")}; write 5 (minute, hour, day of month, month, day of week), or 6 with seconds first.");
        }

        Span<FieldSet> sets = stackalloc FieldSet[6];
        sets[0] = Zero;
        for (var index = 0; index < count; index++)
        {
            var field = FieldKind.All[index + 6 - count];
            var (start, length) = ranges[index].GetOffsetAndLength(text.Length);
            if (new FieldParser(field, text.AsSpan(start, length), start).Read(out sets[index + 6 - count]) is { } error)
            {
                return error;
            }
        }

        var read = new CronExpression(sets[0], sets[1], sets[2], sets[3], sets[4], sets[5]);
        var day = ranges[count - 3].GetOffsetAndLength(text.Length).Offset;
        expression = read.HasDate || read.EitherDay ? read : null;
        return expression is null ? NeverFires(day) : null;
    }

    /// <summary>Finds the fields, of which at most one more than there may be.</summary>
    private static int Split(string text, Span<Range> ranges)
    {
        var count = 0;
        for (var at = 0; at < text.Length && count < ranges.Length;)
        {
            var end = at;
            while (end < text.Length && text[end] is not (' ' or '\t'))
            {
                end++;
            }

            if (end > at)
            {
                ranges[count++] = at..end;
            }

            at = end + 1;
        }

        return count;
    }

    // Named before the fields are counted: a no-break space joins two of them, and the count would puzzle its author.
    private static CronError? FindStrange(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('\t' or (>= ' ' and <= '~')))
            {
                return new CronError(
                    CronErrorKind.Character, null, at, $"The character U+{(int)text[at]:X4} at position {at} is not allowed; write ASCII alone, and spaces between the fields.");
            }
        }

        return null;
    }

    private static CronError NeverFires(int position) => new(
        CronErrorKind.NeverFires, FieldKind.DayOfMonth.Name, position, $"The expression would never fire: no month of it has the day of month at position {position}.");
}
