namespace Switchyard.Cron;

/// <summary>Says what is wrong with a schedule's text.</summary>
public enum CronErrorKind
{
    /// <summary>The expression is null, empty or blank.</summary>
    Empty = 1,

    /// <summary>The expression is longer than <see cref="CronSchedule.MaximumLength"/>.</summary>
    TooLong = 2,

    /// <summary>A character that no expression has: a line break, a no-break space, a digit or sign outside ASCII.</summary>
    Character = 3,

    /// <summary>There are not 5 or 6 fields.</summary>
    FieldCount = 4,

    /// <summary>A word after <c>@</c> that isn't known.</summary>
    Macro = 5,

    /// <summary>A field can't be read or holds a value outside of its bounds.</summary>
    Field = 6,

    /// <summary>Each field is well formed, but no date fits them all, such as 30 February.</summary>
    NeverFires = 7,

    /// <summary>The time zone is no IANA id, or the machine's time zone data doesn't have it.</summary>
    TimeZone = 8,
}
