using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Represents what a schedule shall be.</summary>
/// <param name="Schedule">The schedule as it shall be stored.</param>
/// <param name="Pending">What becomes of instants that were due under the definition that ends; <see langword="null"/> where there are none.</param>
public sealed record ScheduleChange(Schedule Schedule, RecurrenceFiring? Pending = null);
