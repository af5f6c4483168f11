using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Keeps what attempts report with the rows of their jobs.</summary>
internal sealed class InMemoryJobJournal(InMemoryDatabase database) : IJobJournal
{
    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<JobJournalEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return database.ReadAsync(
            now =>
            {
                foreach (var entry in entries)
                {
                    if (database.Jobs.TryGetHeld(entry.Lease, out var row))
                    {
                        row.Journal = entry with { Lines = [.. entry.Lines], WrittenAt = now };
                    }
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobJournalEntry?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        database.ReadAsync(_ => database.Jobs.TryGet(id, out var row) ? row.Journal : null, cancellationToken);
}
