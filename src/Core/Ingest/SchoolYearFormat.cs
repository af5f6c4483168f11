namespace Switchyard.Ingest;

/// <summary>Represents how clients write a school year; the two can't be told apart by looking, so one is chosen.</summary>
public enum SchoolYearFormat
{
    /// <summary>The last two digits of both years: <c>2526</c> is 2025-26, and <c>9900</c> is 1999-2000 or 2099-2100.</summary>
    Y1Y2 = 0,

    /// <summary>The year in which it ends: <c>2026</c> is 2025-26.</summary>
    EndYear = 1,
}
