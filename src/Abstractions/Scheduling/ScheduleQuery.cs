namespace Switchyard.Scheduling;

/// <summary>Represents which schedules to list.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="Enabled">Only those that are, or aren't, enabled; <see langword="null"/> for both.</param>
/// <param name="Skip">How many to pass over.</param>
/// <param name="Limit">How many to give at the most.</param>
public sealed record ScheduleQuery(Guid AccountId, bool? Enabled, int Skip, int Limit);

/// <summary>Represents one page of a list of schedules.</summary>
/// <param name="Items">The schedules of this page, oldest first (then by id).</param>
/// <param name="Total">How many there are over all pages.</param>
public sealed record SchedulePage(IReadOnlyList<Schedule> Items, long Total);
