namespace Switchyard.Jobs.Recurring;

/// <summary>A store that fails as the test says: before it does anything, or when it stores something of a recurrence.</summary>
internal sealed class FaultyRecurrenceStore(IRecurrenceStore inner) : IRecurrenceStore
{
    public bool IsDown { get; set; }

    /// <summary>Gets the recurrence whose firing can't be stored.</summary>
    public Guid? Poison { get; set; }

    public int Calls { get; private set; }

    public Task<RecurrenceTick> FireAsync(
        int limit, IReadOnlyList<string>? kinds, Func<IReadOnlyList<DueRecurrence>, DateTimeOffset, IReadOnlyList<RecurrenceFiring>> plan, CancellationToken cancellationToken)
    {
        Calls++;
        return IsDown ? throw new IOException("The store is away.") : inner.FireAsync(limit, kinds, (due, now) => Check(plan(due, now)), cancellationToken);
    }

    public Task<Recurrence?> ChangeAsync(Guid id, Func<DueRecurrence?, DateTimeOffset, RecurrenceChange?> change, CancellationToken cancellationToken) =>
        IsDown ? throw new IOException("The store is away.") : inner.ChangeAsync(id, change, cancellationToken);

    public Task<Recurrence?> FindAsync(Guid id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<Recurrence>> ListAsync(string kind, Guid? after, int limit, CancellationToken cancellationToken) => inner.ListAsync(kind, after, limit, cancellationToken);

    public Task<IReadOnlyList<Occurrence>> ListOccurrencesAsync(Guid id, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        inner.ListOccurrencesAsync(id, from, to, limit, cancellationToken);

    public Task<IReadOnlyList<RecurrenceRevision>> ListRevisionsAsync(Guid id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        inner.ListRevisionsAsync(id, from, to, cancellationToken);

    public Task<int> PruneAsync(TimeSpan olderThan, int limit, CancellationToken cancellationToken) => inner.PruneAsync(olderThan, limit, cancellationToken);

    public Task<RecurrenceBacklog> GetBacklogAsync(CancellationToken cancellationToken) => inner.GetBacklogAsync(cancellationToken);

    private IReadOnlyList<RecurrenceFiring> Check(IReadOnlyList<RecurrenceFiring> firings) =>
        firings.Any(firing => firing.RecurrenceId == Poison && firing.Occurrences.Count > 0) ? throw new InvalidDataException("It can't be stored.") : firings;
}
