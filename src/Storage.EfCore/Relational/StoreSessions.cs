using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore;

/// <summary>Runs the operations of the stores, each in a scope of its own and, where it writes more than one statement, in a transaction.</summary>
/// <remarks>
/// Where the dialect keeps connections, operations share kept sessions instead. A transaction of the caller's that is ambient is
/// none of an operation's business: that ends by itself, and its session is used again.
/// </remarks>
internal sealed class StoreSessions<TContext>(IServiceScopeFactory scopes, TimeProvider timeProvider) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    private readonly KeptSessions<TContext> _kept = new(scopes, timeProvider);
    private SwitchyardDialect? _dialect;

    /// <summary>Gets the dialect of the context, without a connection. Any two contexts of a type have the same.</summary>
    public SwitchyardDialect Dialect => _dialect ?? FindDialect();

    /// <summary>Runs work in a transaction, which is committed when the work returns.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="alone">Whether users' code runs on the context, which nobody may have used before, nor use again.</param>
    public Task<T> WriteAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken, bool alone = false) =>
        RunAsync(
            async (session, token) =>
            {
                // Read committed whatever the default: a claim that waited for a row must see what became of it.
                var transaction = await session.Context.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    var result = await work(session).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return result;
                }
            },
            writes: true,
            alone,
            cancellationToken);

    /// <summary>Runs work that reads several times, all of it from one state of the database.</summary>
    public Task<T> ReadAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (session, token) =>
            {
                var transaction = await session.Dialect.BeginReadAsync(session.Context, token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    // Ended here, not by closing the connection, which may be kept.
                    var result = await work(session).ConfigureAwait(false);
                    await transaction.RollbackAsync(token).ConfigureAwait(false);
                    return result;
                }
            },
            writes: false,
            alone: false,
            cancellationToken);

    /// <summary>Runs work of a single statement, which is a transaction by itself.</summary>
    public Task<T> StatementAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken, bool writes = false) =>
        RunAsync((session, _) => work(session), writes, alone: false, cancellationToken);

    /// <summary>Runs work of a single command that writes by several statements: with a transaction around it where it needs one.</summary>
    public Task<T> CommandAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken) =>
        Dialect.RunsCommandsWhole ? StatementAsync(work, cancellationToken, writes: true) : WriteAsync(work, cancellationToken);

    /// <summary>Tells whether the database, rather than what it was told to do, is why a statement failed.</summary>
    public bool IsOutage(DbException exception) => exception is StoreOutageException || Dialect.IsOutage(exception);

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    public void Dispose() => _kept.Dispose();

    private SwitchyardDialect FindDialect()
    {
        using var scope = scopes.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<TContext>();
        var dialect = SwitchyardDialect.Of(context);
        _kept.Most = dialect.KeptConnections(context);
        return _dialect = dialect;
    }

    private async Task<T> RunAsync<T>(Func<StoreSession, CancellationToken, Task<T>> work, bool writes, bool alone, CancellationToken cancellationToken)
    {
        using var ambient = Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var dialect = Dialect;
        using var turn = writes && dialect.WritersTakeTurns ? await _kept.TakeTurnAsync(cancellationToken).ConfigureAwait(false) : default;
        try
        {
            return alone || _kept.Most == 0
                ? await RunAloneAsync(work, cancellationToken).ConfigureAwait(false)
                : await _kept.RunAsync(session => RunAsync(session, work, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (!exception.IsTransient && dialect.IsOutage(exception))
        {
            throw new StoreOutageException(exception);
        }
        catch (DbUpdateException exception) when (exception.InnerException is DbException { IsTransient: false } cause && dialect.IsOutage(cause))
        {
            throw new StoreOutageException(cause);
        }
    }

    private async Task<T> RunAloneAsync<T>(Func<StoreSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var session = new StoreSession(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
            return await RunAsync(session, (one, token) => ConnectedAsync(one, work, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> RunAsync<T>(StoreSession session, Func<StoreSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // A context whose owner turned retries on refuses transactions outside of its strategy; any other strategy only wraps exceptions.
        var strategy = session.Context.Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure
            ? await strategy.ExecuteAsync(token => work(session, token), cancellationToken).ConfigureAwait(false)
            : await work(session, cancellationToken).ConfigureAwait(false);
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
