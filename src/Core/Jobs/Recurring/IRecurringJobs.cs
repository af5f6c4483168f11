namespace Switchyard.Jobs.Recurring;

/// <summary>Manages jobs that are enqueued again and again. What one node changes holds for all from the commit on.</summary>
public interface IRecurringJobs
{
    /// <summary>Makes a recurring job, or changes the one of that name; with the same definition nothing is written.</summary>
    /// <remarks>
    /// A new one is enabled, one that is there stays as it is in that. Instants up to the commit belong to the definition before, later ones
    /// to the new one.
    /// </remarks>
    /// <exception cref="FormatException">The expression or the zone can't be read; the message names the field.</exception>
    /// <exception cref="ArgumentException">Name, kind, payload or limits can't be stored.</exception>
    Task<RecurringJob> AddOrUpdateAsync(RecurringJobDefinition definition, CancellationToken cancellationToken = default);

    /// <summary>Removes a recurring job with its ledger. Jobs that it enqueued stay.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Enables or disables a recurring job. One that is enabled again fires from its next instant on, whatever it missed.</summary>
    /// <returns>Whether there is one.</returns>
    Task<bool> SetEnabledAsync(string name, bool enabled, CancellationToken cancellationToken = default);

    /// <summary>Enqueues its job now, whatever its expression, policies and state; the ledger doesn't know of it.</summary>
    /// <returns>The job; <see langword="null"/> where there is no such recurring job.</returns>
    Task<JobId?> TriggerAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Gets a recurring job, or <see langword="null"/> where there is none such.</summary>
    Task<RecurringJob?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists all recurring jobs by name.</summary>
    Task<IReadOnlyList<RecurringJob>> ListAsync(CancellationToken cancellationToken = default);
}
