using Switchyard.FaultRig.Worker.FailPoints;
using Switchyard.Jobs;

namespace Switchyard.FaultRig.Worker;

/// <summary>The real store, with a failpoint before and after every call that writes, and its answers in the journal.</summary>
internal sealed class WatchedJobStore(IJobStore store, FailPoint failPoint, Journal journal) : IJobStore
{
    public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken) =>
        CallAsync(Operations.Enqueue, () => store.EnqueueAsync(requests, cancellationToken));

    public Task<IReadOnlyList<ClaimedJob>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        CallAsync(Operations.Claim, () => store.ClaimAsync(request, cancellationToken));

    public Task<IReadOnlyList<JobLease>> StartAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        CallAsync(Operations.Start, () => store.StartAsync(leases, cancellationToken));

    public Task<IReadOnlyList<LeaseRenewal>> RenewAsync(IReadOnlyList<JobLease> leases, TimeSpan lease, CancellationToken cancellationToken) =>
        CallAsync(Operations.Renew, () => store.RenewAsync(leases, lease, cancellationToken));

    public async Task<IReadOnlyList<CompletionResult>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        var results = await CallAsync(Operations.Complete, () => store.CompleteAsync(completions, cancellationToken));
        for (var i = 0; i < completions.Count; i++)
        {
            journal.Write("settled", completions[i].Lease.JobId, completions[i].Lease.Token, results[i].Status);
        }

        return results;
    }

    public async Task<int> ReleaseAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        var released = await CallAsync(Operations.Release, () => store.ReleaseAsync(leases, cancellationToken));
        foreach (var lease in leases)
        {
            journal.Write("released", lease.JobId, lease.Token);
        }

        return released;
    }

    public Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) => store.CancelAsync(id, cancellationToken);

    public Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken) => store.ReplayAsync(id, cancellationToken);

    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken) =>
        store.GetTimeToNextAsync(kinds, cancellationToken);

    private async Task<T> CallAsync<T>(string operation, Func<Task<T>> call)
    {
        Operations.Current = operation;
        try
        {
            failPoint.Hit($"{operation}.before");
            var result = await call();
            failPoint.Hit($"{operation}.after");
            return result;
        }
        catch (Exception exception)
        {
            journal.Write("failed", operation, exception.GetType().Name);
            throw;
        }
    }
}
