namespace Switchyard.Jobs.Recurring;

/// <summary>Asks the store how far behind the firing is.</summary>
internal sealed class RecurringHealth(IRecurrenceStore? store, RecurringInstruments instruments, TimeProvider timeProvider) : IRecurringHealth
{
    /// <summary>Gets whether there is a store to ask.</summary>
    public bool HasStore => store is not null;

    /// <inheritdoc/>
    public DateTimeOffset? LastTickAt => instruments.LastTickAt;

    /// <inheritdoc/>
    public async Task<RecurringStatus> GetAsync(CancellationToken cancellationToken)
    {
        var asked = store ?? throw new InvalidOperationException("The job store in use keeps no recurrences: it brings no IRecurrenceStore.");
        var backlog = await asked.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
        return new RecurringStatus(
            instruments.LastTickAt, instruments.TickAge, backlog.Due, backlog.OldestAt, backlog.Now - backlog.OldestAt, instruments.PutOffs.Get(timeProvider));
    }
}
