using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Wakes this process's workers when another node enqueues, over one connection that it keeps and renews.</summary>
internal sealed partial class JobListener<TContext>(
    IServiceScopeFactory scopes, JobNotifier<TContext> notifier, IJobSignal signal, TimeProvider timeProvider, ILogger<JobListener<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private bool _listened;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        _ = SwitchyardDialect.Of(scope.ServiceProvider.GetRequiredService<TContext>());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await CheckAsync(stoppingToken).ConfigureAwait(false);
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            _listened = false;
            try
            {
                if (!await ListenAsync(stoppingToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = _listened ? ShortestPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                Log.Disconnected(logger, pause, exception);
            }

            await Task.Delay(pause, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ListenAsync(CancellationToken stoppingToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            await context.Database.OpenConnectionAsync(stoppingToken).ConfigureAwait(false);
            return await SwitchyardDialect.Of(context).ListenAsync(context, OnListening, OnNotified, stoppingToken).ConfigureAwait(false);
        }
    }

    private void OnListening()
    {
        _listened = true;
        Log.Listening(logger);

        // What was enqueued while nobody listened has been missed.
        signal.Set();
    }

    /// <remarks>What this process has enqueued itself, its workers were told when it was committed.</remarks>
    private void OnNotified(string sender)
    {
        if (sender != notifier.Sender)
        {
            signal.Set();
        }
    }

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var context = scope.ServiceProvider.GetRequiredService<TContext>();
                await context.Database.OpenConnectionAsync(stoppingToken).ConfigureAwait(false);
                foreach (var warning in await SwitchyardDialect.Of(context).CheckAsync(context, stoppingToken).ConfigureAwait(false))
                {
                    Log.Weak(logger, warning);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; there is nothing left to check for.
        }
        catch (Exception exception)
        {
            Log.CheckFailed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.Listening, LogLevel.Debug, "Listening for jobs that other nodes enqueue.", EventName = "Listening")]
        public static partial void Listening(ILogger logger);

        [LoggerMessage(EventIds.Disconnected, LogLevel.Warning, "The connection that listens for other nodes' jobs was lost; polling until it is renewed in {Pause}.", EventName = "Disconnected")]
        public static partial void Disconnected(ILogger logger, TimeSpan pause, Exception exception);

        [LoggerMessage(EventIds.WeakDatabase, LogLevel.Warning, "{Weakness}", EventName = "WeakDatabase")]
        public static partial void Weak(ILogger logger, string weakness);

        [LoggerMessage(EventIds.CheckFailed, LogLevel.Error, "The database could not be checked, or can't be worked on.", EventName = "CheckFailed")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
