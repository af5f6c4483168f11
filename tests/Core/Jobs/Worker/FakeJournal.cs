using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Worker;

/// <summary>Keeps what was written to it, and fails or hangs when a test says so.</summary>
internal sealed class FakeJournal : IJobJournal
{
    private readonly List<IReadOnlyList<JobJournalEntry>> _writes = [];

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<IReadOnlyList<JobJournalEntry>> Writes
    {
        get
        {
            lock (_writes)
            {
                return [.. _writes];
            }
        }
    }

    public JobJournalEntry? Latest(JobId id) => Writes.SelectMany(write => write).LastOrDefault(entry => entry.Lease.JobId == id);

    public async Task WriteAsync(IReadOnlyList<JobJournalEntry> entries, CancellationToken cancellationToken)
    {
        await Before();
        lock (_writes)
        {
            _writes.Add(entries);
        }
    }

    public Task<JobJournalEntry?> FindAsync(JobId id, CancellationToken cancellationToken) => Task.FromResult(Latest(id));
}
