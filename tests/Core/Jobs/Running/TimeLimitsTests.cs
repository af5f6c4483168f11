using Switchyard.TestKit;

namespace Switchyard.Jobs.Running;

public sealed class TimeLimitsTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Each_attempt_is_interrupted_at_its_own_limit_whatever_the_order_and_all_share_a_timer()
    {
        using var limits = new TimeLimits(_clock);
        using JobInterruption slow = new(), quick = new(), ended = new();
        limits.Watch(slow, TimeSpan.FromSeconds(30));
        limits.Watch(quick, TimeSpan.FromSeconds(10));
        limits.Watch(ended, TimeSpan.FromSeconds(5));
        limits.Forget(ended);
        Assert.Equal(1, _clock.ArmedTimers);

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal((InterruptionReason.None, InterruptionReason.None), (quick.Reason, slow.Reason));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((InterruptionReason.TimedOut, InterruptionReason.None), (quick.Reason, slow.Reason));
        _clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.Equal(InterruptionReason.None, slow.Reason);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((InterruptionReason.TimedOut, InterruptionReason.None), (slow.Reason, ended.Reason));
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void Attempt_that_is_watched_later_is_interrupted_too()
    {
        using var limits = new TimeLimits(_clock);
        using JobInterruption first = new(), second = new();
        limits.Watch(first, TimeSpan.FromSeconds(1));
        limits.Forget(first);
        _clock.Advance(TimeSpan.FromSeconds(5));

        limits.Watch(second, TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((InterruptionReason.None, InterruptionReason.TimedOut), (first.Reason, second.Reason));
    }
}
