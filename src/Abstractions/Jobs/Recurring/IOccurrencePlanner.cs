namespace Switchyard.Jobs.Recurring;

/// <summary>Plans what becomes of due recurrences. Pure; the kernel (<c>AddJobs()</c>) has the one implementation.</summary>
public interface IOccurrencePlanner
{
    /// <summary>Plans what becomes of the instants of a recurrence up to now, by its policies.</summary>
    /// <param name="due">The recurrence, under lock.</param>
    /// <param name="now">The store's clock.</param>
    /// <param name="ending">
    /// Whether this is the last look before the recurrence is disabled or changed: what isn't fired is skipped, nothing is buffered.
    /// </param>
    RecurrenceFiring Plan(DueRecurrence due, DateTimeOffset now, bool ending = false);

    /// <summary>Gets the first nominal instant after a time; <see langword="null"/> where there is none, or the recurrence isn't enabled.</summary>
    /// <exception cref="FormatException">The expression or the zone can't be read.</exception>
    DateTimeOffset? Next(Recurrence recurrence, DateTimeOffset after);
}
