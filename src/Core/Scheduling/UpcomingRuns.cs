namespace Switchyard.Scheduling;

/// <summary>Represents what an expression means.</summary>
/// <param name="Description">A sentence in plain English.</param>
/// <param name="Runs">The next runs, in order; empty where it never runs again.</param>
public sealed record UpcomingRuns(string Description, IReadOnlyList<UpcomingRun> Runs);

/// <summary>Represents one run to come.</summary>
/// <param name="At">The instant, in the offset of the schedule's time zone then.</param>
/// <param name="Remark">What a change of the clocks does to it, in words; <see langword="null"/> where none does.</param>
public sealed record UpcomingRun(DateTimeOffset At, string? Remark);
