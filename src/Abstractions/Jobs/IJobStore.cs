namespace Switchyard.Jobs;

/// <summary>Stores jobs and hands them out: the one port that the kernel's storage adapters implement.</summary>
/// <remarks>
/// <para>Obligations of every adapter, proved by the suites of <c>Switchyard.Conformance</c>:</para>
/// <list type="bullet">
/// <item>What a method reports as done is durable before it returns, and each call is atomic unless it says otherwise.</item>
/// <item>Leases and due times are judged by one clock, the store's own, whatever the callers' clocks say.</item>
/// <item>Every write about a claim is conditional on its <see cref="JobLease"/>: with a stale token it writes nothing.</item>
/// <item>Members may be called by any number of threads and processes at once.</item>
/// <item>Infrastructure exceptions pass through unwrapped; a caller may repeat any call that failed with one.</item>
/// </list>
/// </remarks>
public interface IJobStore
{
    /// <summary>Stores new jobs, all or none.</summary>
    /// <remarks>
    /// A request whose id is stored already, or whose dedupe key an unfinished job of the same kind bears, writes nothing
    /// and answers with the job that stands. Two requests of one call may not share an id.
    /// </remarks>
    /// <param name="requests">The jobs, in the order in which the results come back.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken);

    /// <summary>Claims due jobs by one conditional statement: no job is ever handed to two callers under one token.</summary>
    /// <remarks>
    /// <para>Order: priority descending, then due time, then id. Each claim raises the token and sets owner and lease.</para>
    /// <para>
    /// A lease that ran out is taken back first, and its token raised. If its attempt had been started, that attempt counts
    /// and the job is under suspicion: where no attempt is left it becomes <see cref="JobState.DeadLetter"/>
    /// (with its <see cref="JobRequest.OnFailure"/>), else it is claimed alone, as the only job of a call, and started at once,
    /// so that a job that kills its process never spends its neighbours' attempts. A claim that never started costs nothing.
    /// </para>
    /// </remarks>
    /// <returns>The claimed jobs, in order; empty where nothing is due.</returns>
    Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Marks buffered claims as started, which counts their attempt. Must commit before their handlers run.</summary>
    /// <returns>The leases that are still held, and started; a handler of any other may not run.</returns>
    Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken);

    /// <summary>Extends leases that are still live, to <paramref name="lease"/> from now. One that ran out is never revived.</summary>
    /// <returns>The leases that are held after the call; any other is lost.</returns>
    Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes outcomes and applies their effects, each under its own fence: a stale one drops itself and nothing else.</summary>
    /// <remarks>
    /// A completion and its effects are one transaction; completions of one call usually share one. A lease that ran out
    /// but was not taken back yet is still good. A retry keeps its attempt count. An end other than success enqueues
    /// <see cref="JobRequest.OnFailure"/>. Ends set <see cref="Job.FinishedAt"/>.
    /// </remarks>
    /// <returns>A result for each completion, in order.</returns>
    Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken);

    /// <summary>Gives claims back in an orderly stop: queued again, due at once, and a started attempt is not counted.</summary>
    /// <returns>How many of the leases were still held.</returns>
    Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken);

    /// <summary>Cancels a queued job, or asks the worker of a running one to stop.</summary>
    /// <remarks>
    /// A request stands until the job ends: a job that would be queued again (by a retry, a release or a lost lease) is
    /// <see cref="JobState.Cancelled"/> instead, with its <see cref="JobRequest.OnFailure"/>.
    /// </remarks>
    Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Enqueues a job that ended other than by success again, as a new job of the same chain.</summary>
    /// <remarks>The new job has <see cref="Job.ParentId"/> set, all of its attempts, and is due at once; the old one stays as it is.</remarks>
    /// <returns>The new job, or the unfinished one that bears its dedupe key, or <see langword="null"/> where there is none such, or it hasn't ended, or it succeeded.</returns>
    Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Gets a job, or <see langword="null"/> where there is none such.</summary>
    Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Gets how long it is, by the store's clock, until a job of these kinds is due or a lease of theirs runs out.</summary>
    /// <returns>Zero where one is due now; <see langword="null"/> where none is waiting.</returns>
    Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken);
}
