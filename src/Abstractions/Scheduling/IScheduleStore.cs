using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling;

/// <summary>Stores schedules, each with its recurrence. Each call is one transaction, durable when it returns.</summary>
/// <remarks>Functions that are given are called inside of the transaction, as <see cref="IRecurrenceStore"/> says.</remarks>
public interface IScheduleStore
{
    /// <summary>Stores a new schedule, which is made by the store's clock.</summary>
    Task<Schedule> CreateAsync(Func<DateTimeOffset, Schedule> create, CancellationToken cancellationToken);

    /// <summary>Gets a schedule, or <see langword="null"/> where there is none such.</summary>
    Task<Schedule?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the schedules of an account, oldest first (then by id).</summary>
    Task<SchedulePage> ListAsync(ScheduleQuery query, CancellationToken cancellationToken);

    /// <summary>Changes a schedule while its row is locked against the tick.</summary>
    /// <param name="id">The schedule.</param>
    /// <param name="change">Gets what is there, its recurrence with targets, and the store's clock; <see langword="null"/> leaves all as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is there afterwards; <see langword="null"/> where there is no such schedule.</returns>
    Task<Schedule?> ChangeAsync(Guid id, Func<Schedule, DueRecurrence, DateTimeOffset, ScheduleChange?> change, CancellationToken cancellationToken);

    /// <summary>Removes a schedule with its recurrence, ledger, webhooks and executions. What its unfinished deliveries still come to is dropped.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Counts the schedules and executions of accounts, at one state of the database.</summary>
    Task<SchedulingCounts> CountAsync(IReadOnlyList<Guid> accounts, CancellationToken cancellationToken);
}
