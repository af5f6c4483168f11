namespace Switchyard.Cron;

/// <summary>Represents one firing of a schedule, with what a reader of a wall clock should know about it.</summary>
/// <param name="Instant">When it fires, in UTC.</param>
/// <param name="Local">The same instant as the clocks of the schedule's zone show it, with their offset.</param>
/// <param name="Remark">A sentence where a change of the clocks is involved, else null.</param>
public sealed record CronOccurrence(DateTimeOffset Instant, DateTimeOffset Local, string? Remark);
