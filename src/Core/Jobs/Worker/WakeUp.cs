using System.Threading.Channels;

namespace Switchyard.Jobs.Worker;

/// <summary>Wakes the one loop that waits for it; a call that nobody waits for is kept, as one.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ITimer _timer;

    public WakeUp(TimeProvider timeProvider) =>
        _timer = timeProvider.CreateTimer(static state => ((WakeUp)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Set() => _calls.Writer.TryWrite(true);

    /// <summary>Waits for a call, or for some time.</summary>
    public async ValueTask WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        if (_calls.Reader.TryRead(out _))
        {
            return;
        }

        if (atMost is { } limit)
        {
            _timer.Change(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        try
        {
            await _calls.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (atMost is not null)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer.Dispose();
}
