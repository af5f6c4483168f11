using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Wakes other nodes after commits: the first at once, and for those that come within some milliseconds after it once more.</summary>
/// <remarks>
/// PostgreSQL lets transactions that notify commit only one by one, so that a disk that could sync many commits at once syncs
/// each alone. Should this process die between a commit and its notification, the other nodes' poll finds the job.
/// </remarks>
internal sealed partial class JobNotifier<TContext>(StoreSessions<TContext> sessions, ILogger<JobNotifier<TContext>> logger) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    private const int Idle = 0;
    private const int Sending = 1;
    private const int SendingAndAgain = 2;
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _ending = new();
    private Task _sending = Task.CompletedTask;
    private int _state;

    /// <summary>Gets the name by which this process knows its own notifications.</summary>
    public string Sender { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Says that something was committed; returns at once.</summary>
    public void Notify()
    {
        // A notification that begins from here on comes after the commit that this is about; one that is under way may not.
        if (sessions.Dialect.NotifyAlone is not null && Interlocked.CompareExchange(ref _state, SendingAndAgain, Sending) == Idle
            && Interlocked.CompareExchange(ref _state, Sending, Idle) == Idle)
        {
            _sending = Task.Run(SendAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);

        // What is due goes out, unless the database is why the process ends.
        await _sending.WaitAsync(LastWords, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    public void Dispose() => _ending.Cancel();

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

            // By the machine's own clock: this is about its load, and time that a test holds would hold the notification too.
            await Task.Delay(Spacing, TimeProvider.System, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Sending) != Sending);
    }

    private Task<int> SendAsync(StoreSession session) => session.Command(session.Dialect.NotifyAlone!).With("sender", SqlType.Text, Sender).ExecuteAsync();

    private static partial class Log
    {
        [LoggerMessage(EventIds.NodesNotNotified, LogLevel.Debug, "Other nodes were not told of new jobs; their poll finds them", EventName = "NodesNotNotified")]
        public static partial void NotNotified(ILogger logger, Exception exception);
    }
}
