namespace Switchyard.Jobs.Operations;

/// <summary>Lets people look at jobs and change many of them at once.</summary>
/// <remarks>
/// <para>
/// Each change works in batches, each of them a transaction, through at most <see cref="JobBulkOptions.Max"/> jobs, newest first,
/// and is recorded as a <see cref="JobOperation"/> together with its last batch. A call that dies half-way has changed a part;
/// repeating it does the rest, because a job that was changed no longer qualifies.
/// </para>
/// <para>Members may be called by any number of threads and processes at once, and while workers run.</para>
/// </remarks>
public interface IJobAdmin
{
    /// <summary>Gets jobs, newest first by id, a page at a time by keyset: no job that existed at the first page is repeated.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="before">The last id of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="limit">How many at the most, from 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<JobPage> QueryAsync(JobFilter filter, JobId? before, int limit, CancellationToken cancellationToken);

    /// <summary>Gets how many jobs there are by kind and state, without reading the finished ones. Pairs that have none are absent.</summary>
    Task<IReadOnlyList<JobCount>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Cancels unfinished jobs: queued ones at once, running ones by asking their workers.</summary>
    Task<JobBulkResult> CancelAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken);

    /// <summary>Enqueues jobs that ended other than by success again, each as <see cref="IJobStore.ReplayAsync"/> does.</summary>
    /// <remarks>
    /// The n-th is due n times <see cref="JobBulkOptions.Stagger"/> from now. A job that was replayed before, so that a job of its kind
    /// with it as <see cref="Job.ParentId"/> exists, does not qualify.
    /// </remarks>
    Task<JobBulkResult> ReplayAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken);

    /// <summary>Removes jobs that ended other than by success from the store, for good.</summary>
    Task<JobBulkResult> DiscardAsync(JobFilter filter, JobBulkOptions options, CancellationToken cancellationToken);

    /// <summary>Gets what was done to many jobs or to a kind, and by whom, latest first.</summary>
    /// <param name="limit">How many at the most, from 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<JobOperation>> ListOperationsAsync(int limit, CancellationToken cancellationToken);
}
