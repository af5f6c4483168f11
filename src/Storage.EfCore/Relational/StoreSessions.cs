using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore;

/// <summary>Runs the operations of the stores, each in a scope of its own and, where it writes more than one statement, in a transaction.</summary>
internal sealed class StoreSessions<TContext>(IServiceScopeFactory scopes)
    where TContext : DbContext
{
    private SwitchyardDialect? _dialect;

    /// <summary>Gets the dialect of the context, without a connection. Any two contexts of a type have the same.</summary>
    public SwitchyardDialect Dialect => _dialect ??= FindDialect();

    /// <summary>Runs work in a transaction, which is committed when the work returns.</summary>
    public Task<T> WriteAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (session, token) =>
            {
                // Read committed whatever the default: a claim that waited for a row must see what became of it.
                var transaction = await session.Context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(session).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return result;
                }
            },
            cancellationToken);

    /// <summary>Runs work that reads several times, all of it from one state of the database.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (session, token) =>
            {
                var transaction = await session.Dialect.BeginReadAsync(session.Context, token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    return await work(session).ConfigureAwait(false);
                }
            },
            cancellationToken);

    /// <summary>Runs work of a single statement, which is a transaction by itself.</summary>
    public Task<T> StatementAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync((session, _) => work(session), cancellationToken);

    /// <summary>Runs work of a single command that writes by several statements: with a transaction around it where it needs one.</summary>
    public Task<T> CommandAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (session, token) =>
            {
                if (session.Dialect.RunsCommandsWhole)
                {
                    return await work(session).ConfigureAwait(false);
                }

                var transaction = await session.Context.Database.BeginTransactionAsync(token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(session).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return result;
                }
            },
            cancellationToken);

    /// <summary>Tells whether the database, rather than what it was told to do, is why a statement failed.</summary>
    public bool IsOutage(DbException exception) => Dialect.IsOutage(exception);

    private SwitchyardDialect FindDialect()
    {
        using var scope = scopes.CreateScope();
        return SwitchyardDialect.Of(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    private async Task<T> RunAsync<T>(Func<StoreSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            var session = new StoreSession(context, cancellationToken);

            // A context whose owner turned retries on refuses transactions outside of its strategy; any other strategy only wraps exceptions.
            var strategy = context.Database.CreateExecutionStrategy();
            return strategy.RetriesOnFailure
                ? await strategy.ExecuteAsync(token => ConnectedAsync(session, work, token), cancellationToken).ConfigureAwait(false)
                : await ConnectedAsync(session, work, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> ConnectedAsync<T>(StoreSession session, Func<StoreSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var context = session.Context;
        context.ChangeTracker.Clear();
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(session, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
