using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Switchyard.Simulation.Journal;

namespace Switchyard.Simulation.Cluster;

/// <summary>The journal of attempts as a process sees it: over the same network as the store.</summary>
internal sealed class JournalLink(World world, Process process, IJobJournal journal) : IJobJournal
{
    private readonly Wire _wire = new(world, process);

    public Task WriteAsync(IReadOnlyList<JobJournalEntry> entries, CancellationToken cancellationToken) =>
        _wire.SendAsync(
            New([.. entries.Select(entry => new Ticket(world.Ids.NumberOf(entry.Lease.JobId), entry.Lease.Token))]),
            _ =>
            {
                journal.WriteAsync([.. entries.Select(ToReal)], CancellationToken.None).GetAwaiter().GetResult();
                return true;
            },
            cancellationToken);

    public Task<JobJournalEntry?> FindAsync(JobId id, CancellationToken cancellationToken) => throw new NotSupportedException("No worker reads the journal.");

    private JobJournalEntry ToReal(JobJournalEntry entry) => entry with { Lease = entry.Lease with { JobId = world.Ids.Real(entry.Lease.JobId) } };

    private StoreCall New(IReadOnlyList<Ticket> tickets) => new()
    {
        Number = world.History.Calls.Count, Caller = process.Life, Operation = "journal", SentAt = world.Agenda.Now, Tickets = tickets,
    };
}
