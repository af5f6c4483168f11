using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs.Worker;

/// <summary>Tells the registry of nodes that this worker lives, and that it leaves. Whatever fails of it is only told.</summary>
internal sealed partial class NodeHeartbeat(INodeRegistry registry, Func<JobNode> describe, TimeSpan every, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(every, timeProvider);
        try
        {
            do
            {
                var node = describe();
                await TryAsync(token => registry.HeartbeatAsync(node, token), every, stop).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await TryAsync(token => registry.LeaveAsync(describe().Name, token), LeaveLimit, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> call, TimeSpan within, CancellationToken stop)
    {
        try
        {
            using var limit = new CancellationTokenSource(within, timeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            await call(linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Log.HeartbeatFailed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.HeartbeatFailed, LogLevel.Information, "The registry of nodes could not be told of this worker; its jobs go on.", EventName = "HeartbeatFailed")]
        public static partial void HeartbeatFailed(ILogger logger, Exception exception);
    }
}
