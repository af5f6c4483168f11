using Switchyard.TestKit;

namespace Switchyard.Jobs;

public sealed class InProcessJobSignalTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Signals_that_nobody_waits_for_are_kept_as_one()
    {
        var signal = new InProcessJobSignal(_clock);
        signal.Set();
        signal.Set();

        await signal.WaitAsync(Minute, TestContext.Current.CancellationToken);
        var second = signal.WaitAsync(Minute, TestContext.Current.CancellationToken);

        Assert.False(second.IsCompleted);
        signal.Set();
        await second;
    }

    [Fact]
    public async Task Wait_ends_when_its_time_is_over()
    {
        var signal = new InProcessJobSignal(_clock);

        var wait = signal.WaitAsync(Minute, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        _clock.Advance(Minute);

        await wait;
    }

    [Fact]
    public async Task Signal_after_a_wait_that_timed_out_is_kept_for_the_next()
    {
        var signal = new InProcessJobSignal(_clock);
        var wait = signal.WaitAsync(Minute, TestContext.Current.CancellationToken);
        _clock.Advance(Minute);
        await wait;

        signal.Set();

        await signal.WaitAsync(Minute, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_that_is_cancelled_throws()
    {
        var signal = new InProcessJobSignal(_clock);
        using var cancellation = new CancellationTokenSource();
        var wait = signal.WaitAsync(Minute, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
