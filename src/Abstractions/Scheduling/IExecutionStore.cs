using Switchyard.Jobs;

namespace Switchyard.Scheduling;

/// <summary>Stores executions. Each call is one transaction, durable when it returns.</summary>
/// <remarks>Ends of attempts are effects: <see cref="AttemptEnded"/>.</remarks>
public interface IExecutionStore
{
    /// <summary>Lists executions of a schedule, newest first (then by id).</summary>
    Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>Gets an execution with all of its answer, or <see langword="null"/> where there is none such.</summary>
    Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Begins an attempt by one conditional statement, stores it where it isn't there yet, and gives all that its request is made from.</summary>
    /// <returns><see langword="null"/> where the attempt has ended, a later one has begun, or the firing is gone.</returns>
    Task<Delivery?> BeginAsync(AttemptStart start, CancellationToken cancellationToken);

    /// <summary>Stores new executions with their kernel jobs, all or none.</summary>
    /// <returns>Whether the schedules and webhooks were still there; where not, nothing is stored.</returns>
    Task<bool> AddAsync(IReadOnlyList<Execution> executions, IReadOnlyList<JobRequest> jobs, CancellationToken cancellationToken);

    /// <summary>Replays firings whose last attempt has ended without success: each goes on counting its attempts, as a queued execution with its kernel job.</summary>
    /// <param name="request">Which ones, and what to store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReplayResult> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>Removes ended executions that are older than a time, the oldest first. The ledger is the kernel's, and stays.</summary>
    /// <returns>How many were removed; fewer than the limit means that none are left.</returns>
    Task<int> PruneAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken);
}
