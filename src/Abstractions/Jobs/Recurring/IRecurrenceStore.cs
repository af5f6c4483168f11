namespace Switchyard.Jobs.Recurring;

/// <summary>Stores recurrences and the ledger of their occurrences. Each call is one transaction, durable when it returns.</summary>
/// <remarks>
/// What to store is decided by functions that are called inside of the transaction, with the row locked and the store's clock
/// read: they are pure and quick, and may be called again where the transaction is repeated.
/// </remarks>
public interface IRecurrenceStore
{
    /// <summary>Takes recurrences whose time has come, the longest due first, passes over those that others hold, and stores what is planned for them.</summary>
    /// <param name="limit">How many to take at the most.</param>
    /// <param name="plan">Plans them; gives a firing for each.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RecurrenceTick> FireAsync(int limit, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, CancellationToken cancellationToken) =>
        FireAsync(limit, kinds: null, plan, cancellationToken);

    /// <summary>Takes recurrences of some kinds, as the other overload does of all: a process leaves those of features that it doesn't run to others.</summary>
    /// <param name="limit">How many to take at the most.</param>
    /// <param name="kinds">The kinds; <see langword="null"/> for all.</param>
    /// <param name="plan">Plans them; gives a firing for each. An exception of it leaves everything as it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RecurrenceTick> FireAsync(
        int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, CancellationToken cancellationToken);

    /// <summary>Makes, changes or removes a recurrence of a kind that has no rows of its own.</summary>
    /// <param name="id">The recurrence.</param>
    /// <param name="change">Gets what is there (or <see langword="null"/>) and the store's clock, and gives what to do; <see langword="null"/> leaves all as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is there afterwards.</returns>
    Task<Recurrence?> ChangeAsync(Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change, CancellationToken cancellationToken);

    /// <summary>Gets a recurrence, or <see langword="null"/> where there is none such.</summary>
    Task<Recurrence?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the recurrences of a kind by their ids.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="after">The id that the page begins after; <see langword="null"/> for the first.</param>
    /// <param name="limit">How many to give at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Recurrence>> ListAsync(string kind, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Gets the rows of the ledger that have instants from one time to another, both included, by their first instant.</summary>
    /// <param name="id">The recurrence.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant.</param>
    /// <param name="limit">How many to give at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Occurrence>> ListOccurrencesAsync(Guid id, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>Gets the definitions that held at any time between two, both included, in order.</summary>
    Task<IReadOnlyList<RecurrenceRevision>> ListRevisionsAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Removes rows of the ledger that were recorded longer ago than a time, the oldest first. Definitions stay.</summary>
    /// <returns>How many were removed; fewer than the limit means that none are left.</returns>
    Task<int> PruneAsync(TimeSpan olderThan, int limit, CancellationToken cancellationToken);

    /// <summary>Gets how many recurrences are due and since when, by the index alone.</summary>
    Task<RecurrenceBacklog> GetBacklogAsync(CancellationToken cancellationToken);
}
