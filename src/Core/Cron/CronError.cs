namespace Switchyard.Cron;

/// <summary>Says why a text is no schedule, for the person who wrote it.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">
/// The field as people call it: <c>second</c>, <c>minute</c>, <c>hour</c>, <c>day of month</c>, <c>month</c>, <c>day of week</c> or
/// <c>time zone</c>; null where the whole expression is meant.
/// </param>
/// <param name="Position">Where in the text it is, counted from 0 in UTF-16 units; null where no place is to blame.</param>
/// <param name="Message">A sentence that names field and position, and says what would be right. At most a few hundred characters, and printable.</param>
public sealed record CronError(CronErrorKind Kind, string? Field, int? Position, string Message);
