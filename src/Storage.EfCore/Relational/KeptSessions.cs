using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Switchyard.Storage.EfCore;

/// <summary>Keeps sessions open between operations: see <see cref="SwitchyardDialect.KeptConnections"/>.</summary>
/// <remarks>
/// The one that was used last is used next. One that nobody needed for a minute is closed when another is put back, and
/// one that has been open for ten is not kept, so that connections move on with whatever the pool is told of servers.
/// </remarks>
internal sealed class KeptSessions<TContext>(IServiceScopeFactory scopes, TimeProvider timeProvider) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    /// <summary>Longer than a database that is waited for holds out; whoever holds the turn for so long doesn't write, or waits for us.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOpen = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private readonly List<Kept> _idle = [];
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _disposed;

    /// <summary>Gets or sets how many sessions are kept at the most.</summary>
    public int Most { get; set; }

    /// <summary>Waits for the turn to write: a queue in this process, rather than sleeping until the file is unlocked.</summary>
    /// <returns>What ends the turn.</returns>
    public async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken) =>
        new(await _writer.WaitAsync(Patience, cancellationToken).ConfigureAwait(false) ? _writer : null);

    /// <summary>Runs work on an open session that nobody else uses meanwhile. One that work failed on is closed.</summary>
    public async Task<T> RunAsync<T>(Func<StoreSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var kept = TakeIdle() ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
        T result;
        try
        {
            kept.Session.Cancellation = cancellationToken;
            result = await work(kept.Session).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What has cut this connection may have cut the others: none of them is to fail the next call too.
            var isOutage = exception is DbException database && kept.Session.Dialect.IsOutage(database);
            await CloseAsync(isOutage ? [kept, .. TakeAll(ends: false)] : [kept]).ConfigureAwait(false);
            throw;
        }

        kept.Session.Context.ChangeTracker.Clear();
        await CloseAsync(PutBack(kept)).ConfigureAwait(false);
        return result;
    }

    public async ValueTask DisposeAsync() => await CloseAsync(TakeAll(ends: true)).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var kept in TakeAll(ends: true))
        {
            kept.Session.DisposeCommands();
            kept.Scope.Dispose();
        }
    }

    private Kept? TakeIdle()
    {
        lock (_gate)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var kept = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return kept;
        }
    }

    private Kept[] TakeAll(bool ends)
    {
        lock (_gate)
        {
            _disposed |= ends;
            Kept[] all = [.. _idle];
            _idle.Clear();
            return all;
        }
    }

    /// <summary>Puts a session back, and gives those that are to be closed.</summary>
    private IReadOnlyList<Kept> PutBack(Kept kept)
    {
        kept.UsedAt = timeProvider.GetTimestamp();
        var isOld = timeProvider.GetElapsedTime(kept.OpenedAt, kept.UsedAt) > LongestOpen;
        lock (_gate)
        {
            if (_disposed || isOld || _idle.Count >= Most)
            {
                return [kept];
            }

            _idle.Add(kept);
            if (timeProvider.GetElapsedTime(_idle[0].UsedAt, kept.UsedAt) <= LongestIdle)
            {
                return [];
            }

            var unused = _idle[0];
            _idle.RemoveAt(0);
            return [unused];
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
            return new Kept(scope, session, timeProvider.GetTimestamp());
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask CloseAsync(IReadOnlyList<Kept> sessions)
    {
        foreach (var kept in sessions)
        {
            kept.Session.DisposeCommands();
            await kept.Scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Kept(AsyncServiceScope scope, StoreSession session, long openedAt)
    {
        public AsyncServiceScope Scope { get; } = scope;

        public StoreSession Session { get; } = session;

        public long OpenedAt { get; } = openedAt;

        public long UsedAt { get; set; }
    }
}

/// <summary>Represents the turn to write, until it is disposed.</summary>
internal readonly struct Turn(SemaphoreSlim? writer) : IDisposable
{
    public void Dispose() => writer?.Release();
}
