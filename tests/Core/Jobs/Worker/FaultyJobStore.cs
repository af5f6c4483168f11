namespace Switchyard.Jobs.Worker;

/// <summary>A real store whose calls fail, before or after they are done, when a test says so; and that counts them.</summary>
internal sealed class FaultyJobStore(IJobStore inner) : IJobStore
{
    private int _claims;
    private int _completes;
    private int _renewals;

    /// <summary>Asked before each call; what it returns is thrown.</summary>
    public Func<string, object, Exception?> Before { get; set; } = (_, _) => null;

    /// <summary>Asked after each call that was done; what it returns is thrown in place of the answer.</summary>
    public Func<string, object, Exception?> After { get; set; } = (_, _) => null;

    /// <summary>Awaited before each call, which hangs for as long, whatever its token says.</summary>
    public Func<string, Task> Hold { get; set; } = _ => Task.CompletedTask;

    /// <summary>Says which leases are still held when they are started; the others were lost before.</summary>
    public Func<JobLease, bool> StartsOnly { get; set; } = _ => true;

    /// <summary>Says which leases are still held when they are renewed; the others were lost before.</summary>
    public Func<JobLease, bool> RenewsOnly { get; set; } = _ => true;

    public int Claims => Volatile.Read(ref _claims);

    public int Completes => Volatile.Read(ref _completes);

    public int Renewals => Volatile.Read(ref _renewals);

    public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken) =>
        CallAsync("enqueue", requests, () => inner.EnqueueAsync(requests, cancellationToken));

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _claims);
        return CallAsync("claim", request, () => inner.ClaimAsync(request, cancellationToken));
    }

    public Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        CallAsync("start", leases, () => inner.StartAsync([.. leases.Where(StartsOnly)], cancellationToken));

    public Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _renewals);
        return CallAsync("renew", leases, () => inner.RenewAsync([.. leases.Where(RenewsOnly)], lease, cancellationToken));
    }

    public Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _completes);
        return CallAsync("complete", completions, () => inner.CompleteAsync(completions, cancellationToken));
    }

    public Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        CallAsync("release", leases, () => inner.ReleaseAsync(leases, cancellationToken));

    public Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) => inner.CancelAsync(id, cancellationToken);

    public Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken) => inner.ReplayAsync(id, cancellationToken);

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken) =>
        CallAsync("next", kinds, () => inner.GetTimeToNextAsync(kinds, cancellationToken));

    private async Task<T> CallAsync<T>(string operation, object argument, Func<Task<T>> call)
    {
        await Hold(operation);
        if (Before(operation, argument) is { } fault)
        {
            throw fault;
        }

        var result = await call();
        return After(operation, argument) is { } lost ? throw lost : result;
    }
}
