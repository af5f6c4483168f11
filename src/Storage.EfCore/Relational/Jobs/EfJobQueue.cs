using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues in the open transaction of the scope's context, or else in one of its own.</summary>
internal sealed class EfJobQueue<TContext>(TContext context, IJobStore store, IJobSignal signal) : IJobQueue
    where TContext : DbContext
{
    public async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        if (context.Database.CurrentTransaction is not { } transaction)
        {
            return await store.EnqueueAsync(requests, cancellationToken).ConfigureAwait(false);
        }

        JobRequestRules.CheckAll(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        var results = await JobInserts.EnqueueAsync(new StoreSession(context, cancellationToken), requests).ConfigureAwait(false);
        AfterCommit.Signal(transaction.GetDbTransaction(), signal);
        return results;
    }
}
