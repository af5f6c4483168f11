using System.Diagnostics.CodeAnalysis;
using Switchyard.Cron.English;
using Switchyard.Cron.Expressions;
using Switchyard.Cron.Zones;

namespace Switchyard.Cron;

/// <summary>Represents a cron expression in a time zone: an immutable value that says when it fires. It never reads a clock.</summary>
/// <remarks>
/// <para>
/// The dialect: minute, hour, day of month, month, day of week, or six fields with seconds first; <c>*</c>, lists, ranges, steps and
/// three-letter names; 0 and 7 are Sunday; <c>@yearly @annually @monthly @weekly @daily @midnight @hourly</c>. Where day of month and
/// day of week are both restricted, that is, neither begins with <c>*</c>, either of them matches.
/// </para>
/// <para>
/// A local time that the clocks skip fires once, at the first instant after the gap; several that meet there are one firing. Where the
/// clocks repeat an hour, an expression of fixed hours and minutes (numbers and lists of them) fires at the first pass alone; one with
/// <c>*</c>, a range or a step in its hour or minute field fires in both.
/// </para>
/// <para>Two schedules are equal when expression, in its canonical spelling, and zone are. All members may be used by many threads.</para>
/// </remarks>
public sealed partial class CronSchedule : IEquatable<CronSchedule>
{
    /// <summary>The most characters that an expression may have: more than twice what the longest useful one takes.</summary>
    public const int MaximumLength = 1024;

    private readonly CronExpression _fields;
    private readonly LocalOccurrences _local;
    private readonly ZoneClock _clock;
    private readonly bool _isFixed;
    private string? _expression;

    private CronSchedule(CronExpression fields, string timeZone, ZoneClock clock)
    {
        _fields = fields;
        _local = new LocalOccurrences(fields);
        _clock = clock;
        _isFixed = fields.IsFixed;
        TimeZone = timeZone;
    }

    /// <summary>Gets the expression in its canonical spelling: numbers for names, words after <c>@</c> spelled out, one space between fields.</summary>
    /// <remarks>Parsing it gives an equal schedule. It may be longer than what was parsed; keep the author's text where it is shown to them.</remarks>
    public string Expression => _expression ??= ExpressionPrinter.Print(_fields);

    /// <summary>Gets the IANA id of the zone as the database spells it, such as <c>America/New_York</c>.</summary>
    public string TimeZone { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The text.</param>
    /// <param name="timeZone">An IANA id in any case; UTC by default.</param>
    /// <exception cref="CronFormatException">The text is no expression that can fire, or the zone isn't known; it says which field, where and why.</exception>
    public static CronSchedule Parse(string expression, string timeZone = "UTC")
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(timeZone);
        return TryParse(expression, timeZone, out var schedule, out var error) ? schedule : throw new CronFormatException(error);
    }

    /// <summary>Reads an expression, whatever the text is: it never throws, and takes time in proportion to the text's length.</summary>
    /// <param name="expression">The text.</param>
    /// <param name="timeZone">An IANA id in any case; null is UTC.</param>
    /// <param name="schedule">The schedule, where true is returned.</param>
    /// <param name="error">What is wrong, where false is returned; the expression is looked at first.</param>
    public static bool TryParse(
        string? expression, string? timeZone, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out CronError? error)
    {
        schedule = null;
        error = ExpressionParser.Read(expression, out var fields);
        if (error is not null)
        {
            return false;
        }

        if (!ZoneClocks.TryGet(timeZone ?? "UTC", out var canonical, out var clock))
        {
            error = new CronError(CronErrorKind.TimeZone, "time zone", null, "The time zone is not known; write an IANA id, such as America/New_York or UTC.");
            return false;
        }

        schedule = new CronSchedule(fields!, canonical, clock);
        return true;
    }

    /// <summary>Says whether a text is the IANA id of a zone that this machine's time zone data has.</summary>
    /// <param name="id">The text, in any case. Ids of Windows, POSIX strings, paths and offsets are none; nor is null or an empty text.</param>
    /// <param name="canonical">The id as the database spells it, where true is returned.</param>
    public static bool IsTimeZone(string? id, [NotNullWhen(true)] out string? canonical)
    {
        var isKnown = ZoneClocks.TryGet(id, out canonical, out _);
        canonical = isKnown ? canonical : null;
        return isKnown;
    }

    /// <summary>Says in plain English when it fires, such as <c>At 02:00, every day, New York time</c>.</summary>
    public string Describe() => Sentence.Of(_fields, TimeZone);

    /// <inheritdoc/>
    public bool Equals(CronSchedule? other) => other is not null && Expression == other.Expression && TimeZone == other.TimeZone;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CronSchedule);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Expression, TimeZone);

    /// <summary>Returns expression and zone.</summary>
    public override string ToString() => $"{Expression} ({TimeZone})";
}
