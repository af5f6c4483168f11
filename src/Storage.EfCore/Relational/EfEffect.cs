using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore;

/// <summary>Represents a change to your own tables that a handler returns, written in the transaction that completes its job.</summary>
/// <remarks>
/// Derive a record that holds what is to be written. Where another worker has taken the job meanwhile, the effect is never
/// applied. It may be applied several times, each in a transaction of its own of which at most one commits. An exception
/// refuses the completion (<see cref="CompletionStatus.Refused"/>), and nothing of it is written.
/// </remarks>
/// <typeparam name="TContext">The context that <c>UseEfCore</c> was called with.</typeparam>
public abstract record EfEffect<TContext> : JobEffect
    where TContext : DbContext
{
    /// <summary>Writes the change. What the context tracks afterwards is saved; the transaction is the store's to end.</summary>
    /// <param name="context">A context over the connection and transaction of the completion.</param>
    /// <param name="cancellationToken">Gives up; nothing is written then.</param>
    public abstract Task ApplyAsync(TContext context, CancellationToken cancellationToken);
}
