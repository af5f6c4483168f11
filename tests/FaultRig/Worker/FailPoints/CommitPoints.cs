using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Switchyard.FaultRig.Worker.FailPoints;

/// <summary>Points before and after every commit that goes through EF Core, named by the operation that it belongs to.</summary>
internal sealed class CommitPoints(FailPoint failPoint) : DbTransactionInterceptor
{
    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        failPoint.Hit($"{Operations.Current}.commit.before");
        return result;
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        failPoint.Hit($"{Operations.Current}.commit.before");
        return ValueTask.FromResult(result);
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        failPoint.Hit($"{Operations.Current}.commit.after");

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        failPoint.Hit($"{Operations.Current}.commit.after");
        return Task.CompletedTask;
    }
}
