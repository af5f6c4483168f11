using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore;

/// <summary>Sets a signal when somebody else's transaction, which jobs were enqueued in, has committed.</summary>
/// <remarks>A transaction that ends outside of EF Core sets none; the workers' slow poll finds its jobs.</remarks>
internal sealed class AfterCommit : DbTransactionInterceptor
{
    public static readonly AfterCommit Interceptor = new();
    private static readonly ConditionalWeakTable<DbTransaction, IJobSignal> Pending = [];

    private AfterCommit()
    {
    }

    public static void Signal(DbTransaction transaction, IJobSignal signal) => Pending.AddOrUpdate(transaction, signal);

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Fire(transaction);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Fire(transaction);
        return Task.CompletedTask;
    }

    private static void Fire(DbTransaction transaction)
    {
        if (Pending.TryGetValue(transaction, out var signal))
        {
            Pending.Remove(transaction);
            signal.Set();
        }
    }
}
