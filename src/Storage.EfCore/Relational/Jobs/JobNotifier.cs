using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Wakes other nodes after commits: while one notification is under way, any number of further calls become the next.</summary>
/// <remarks>
/// PostgreSQL lets transactions that notify commit only one by one, so that a disk that could sync many commits at once syncs
/// each alone. Should this process die between a commit and its notification, the other nodes' poll finds the job.
/// </remarks>
internal sealed partial class JobNotifier<TContext>(StoreSessions<TContext> sessions, ILogger<JobNotifier<TContext>> logger)
    where TContext : DbContext
{
    private const int Idle = 0;
    private const int Sending = 1;
    private const int SendingAndAgain = 2;
    private int _state;

    /// <summary>Says that something was committed; returns at once.</summary>
    public void Notify()
    {
        // A notification that begins from here on comes after the commit that this is about; one that is under way may not.
        if (sessions.Dialect.Notify is not null && Interlocked.CompareExchange(ref _state, SendingAndAgain, Sending) == Idle
            && Interlocked.CompareExchange(ref _state, Sending, Idle) == Idle)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        do
        {
            Interlocked.Exchange(ref _state, Sending);
            try
            {
                await sessions.StatementAsync(SendAsync, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.NotNotified(logger, exception);
            }
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Sending) != Sending);
    }

    private static Task<int> SendAsync(StoreSession session) => session.Command(session.Dialect.Notify!).ExecuteAsync();

    private static partial class Log
    {
        [LoggerMessage(EventIds.NodesNotNotified, LogLevel.Debug, "Other nodes were not told of new jobs; their poll finds them", EventName = "NodesNotNotified")]
        public static partial void NotNotified(ILogger logger, Exception exception);
    }
}
