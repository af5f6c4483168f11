namespace Switchyard.Jobs.Operations;

/// <summary>Keeps what handlers report while they run, one entry for each job: that of its latest attempt.</summary>
public interface IJobJournal
{
    /// <summary>Writes entries in place of those before, each under the fence of its lease: a stale one drops itself and nothing else.</summary>
    Task WriteAsync(IReadOnlyList<JobJournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>Gets the entry of a job, or <see langword="null"/> where nothing was reported. It goes when the job goes.</summary>
    Task<JobJournalEntry?> FindAsync(JobId id, CancellationToken cancellationToken);
}
