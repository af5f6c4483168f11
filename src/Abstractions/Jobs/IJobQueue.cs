namespace Switchyard.Jobs;

/// <summary>Enqueues work for the durable kernel: the way in for users and for the features of the suite.</summary>
/// <remarks>
/// With an EF Core store the queue is scoped and joins the transaction that the scope's <c>DbContext</c> has open: the jobs
/// exist if and only if that transaction commits. Without an open transaction a call commits by itself.
/// </remarks>
public interface IJobQueue
{
    /// <summary>Stores new jobs, all or none. See <see cref="IJobStore.EnqueueAsync"/> for what counts as a repetition.</summary>
    Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default);
}
