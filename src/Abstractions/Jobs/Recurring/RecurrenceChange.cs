namespace Switchyard.Jobs.Recurring;

/// <summary>Represents what to do with a recurrence.</summary>
/// <param name="Recurrence">What it shall be; <see langword="null"/> removes it with its ledger.</param>
/// <param name="Pending">What becomes of instants that were due under the definition that ends; its times for the next look are not used.</param>
public sealed record RecurrenceChange(Recurrence? Recurrence, RecurrenceFiring? Pending = null);
