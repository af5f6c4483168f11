using System.Collections.Immutable;
using System.Threading.Channels;

namespace Switchyard.Jobs;

/// <summary>Wakes the workers of this process: for each of them one place that is either empty or holds a signal.</summary>
internal sealed class InProcessJobSignal(TimeProvider timeProvider) : IJobSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private ImmutableArray<InProcessJobSignal> _forks = [];

    public void Set()
    {
        _signal.Writer.TryWrite(true);
        foreach (var fork in _forks)
        {
            fork.Set();
        }
    }

    public IJobSignal Fork()
    {
        var fork = new InProcessJobSignal(timeProvider);
        ImmutableInterlocked.Update(ref _forks, forks => forks.Add(fork));
        return fork;
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_signal.Reader.TryRead(out _) || atMost <= TimeSpan.Zero)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(atMost, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over, which is what the caller asked for.
        }
    }
}
