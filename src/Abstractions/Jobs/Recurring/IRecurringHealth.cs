namespace Switchyard.Jobs.Recurring;

/// <summary>Tells how the firing of recurring work goes. The kernel (<c>AddJobs()</c>) has the one implementation.</summary>
public interface IRecurringHealth
{
    /// <summary>Gets when this process last looked for what is due, by its own clock; <see langword="null"/> where it hasn't yet, or doesn't.</summary>
    DateTimeOffset? LastTickAt { get; }

    /// <summary>Asks the store how far behind the firing is, and adds what this process knows.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The job store in use keeps no recurrences.</exception>
    Task<RecurringStatus> GetAsync(CancellationToken cancellationToken);
}

/// <summary>Represents how the firing of recurring work goes.</summary>
/// <param name="LastTickAt">When this process last looked for what is due, by its own clock; <see langword="null"/> where it hasn't yet, or doesn't.</param>
/// <param name="TickAge">How long that is ago.</param>
/// <param name="Due">How many recurrences are due over all nodes, counted to 10,000 at the most.</param>
/// <param name="OldestDueAt">Since when the longest due one is; <see langword="null"/> where none is.</param>
/// <param name="OldestDueAge">How long that is ago, by the store's clock.</param>
/// <param name="Failures">How often, in the last minutes, this process put a recurrence off because it could not be planned.</param>
public sealed record RecurringStatus(
    DateTimeOffset? LastTickAt, TimeSpan? TickAge, int Due, DateTimeOffset? OldestDueAt, TimeSpan? OldestDueAge, int Failures);
