using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore;

/// <summary>Keeps sessions open between operations, where a database is a file of this process: see <see cref="SwitchyardDialect.KeepsConnections"/>.</summary>
internal sealed class KeptSessions<TContext>(IServiceScopeFactory scopes) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    private const int MaxIdle = 4;

    /// <summary>Longer than a database that is waited for holds out; whoever holds the turn for so long doesn't write, or waits for us.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentStack<Kept> _idle = [];
    private readonly SemaphoreSlim _writer = new(1, 1);
    private volatile bool _disposed;

    /// <summary>Waits for the turn to write: a queue in this process, rather than sleeping until the file is unlocked.</summary>
    /// <returns>What ends the turn.</returns>
    public async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken) =>
        new(await _writer.WaitAsync(Patience, cancellationToken).ConfigureAwait(false) ? _writer : null);

    /// <summary>Runs work on an open session that nobody else uses meanwhile. One that work failed on is closed.</summary>
    public async Task<T> RunAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var kept = _idle.TryPop(out var idle) ? idle : await OpenAsync(cancellationToken).ConfigureAwait(false);
        var isGood = false;
        try
        {
            kept.Session.Cancellation = cancellationToken;
            var result = await work(kept.Session).ConfigureAwait(false);
            isGood = true;
            return result;
        }
        finally
        {
            if (isGood && !_disposed && _idle.Count < MaxIdle)
            {
                kept.Session.Context.ChangeTracker.Clear();
                _idle.Push(kept);
            }
            else
            {
                await CloseAsync(kept).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryPop(out var kept))
        {
            await CloseAsync(kept).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var kept))
        {
            kept.Session.DisposeCommands();
            kept.Scope.Dispose();
        }
    }

    private async Task<Kept> OpenAsync(CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var session = new StoreSession(context, cancellationToken);
            session.KeepCommands();
            return new Kept(scope, session);
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask CloseAsync(Kept kept)
    {
        kept.Session.DisposeCommands();
        await kept.Scope.DisposeAsync().ConfigureAwait(false);
    }

    private sealed record Kept(AsyncServiceScope Scope, StoreSession Session);
}

/// <summary>Represents the turn to write, until it is disposed.</summary>
internal readonly struct Turn(SemaphoreSlim? writer) : IDisposable
{
    public void Dispose() => writer?.Release();
}
