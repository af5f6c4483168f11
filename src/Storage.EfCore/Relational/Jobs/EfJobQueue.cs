using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues in the open transaction of the scope's context, or the ambient one that it would join, or else in one of its own.</summary>
internal sealed class EfJobQueue<TContext>(TContext context, IJobStore store, IJobSignal signal) : IJobQueue
    where TContext : DbContext
{
    public async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        var transaction = context.Database.CurrentTransaction;
        var ambient = transaction is null ? context.Database.GetEnlistedTransaction() ?? Transaction.Current : null;
        if (transaction is null && ambient is null)
        {
            return await store.EnqueueAsync(requests, cancellationToken).ConfigureAwait(false);
        }

        JobRequestRules.CheckAll(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var results = await JobInserts.EnqueueAsync(new StoreSession(context, cancellationToken), requests).ConfigureAwait(false);
            SignalAfter(transaction, ambient);
            return results;
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private void SignalAfter(IDbContextTransaction? transaction, Transaction? ambient)
    {
        if (transaction is not null)
        {
            AfterCommit.Signal(transaction.GetDbTransaction(), signal);
            return;
        }

        ambient!.TransactionCompleted += (_, ended) =>
        {
            if (ended.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
            {
                signal.Set();
            }
        };
    }
}
