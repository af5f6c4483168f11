using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class HandlerPaceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Slowest_kind_of_late_decides_and_one_that_never_ran_makes_it_unknown()
    {
        var pace = new HandlerPace(_clock);
        Assert.Null(pace.Estimate());
        pace.Claimed("tiny", _clock.GetTimestamp()).Ran(TimeSpan.FromMicroseconds(20));
        pace.Claimed("slow", _clock.GetTimestamp()).Ran(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Estimate());

        _clock.Advance(TimeSpan.FromSeconds(11));
        pace.Claimed("tiny", _clock.GetTimestamp());
        Assert.Equal(TimeSpan.FromMicroseconds(20), pace.Estimate());

        pace.Claimed("new", _clock.GetTimestamp());
        Assert.Null(pace.Estimate());
    }

    [Fact]
    public void Average_rises_more_quickly_than_it_falls()
    {
        var pace = new KindPace("kind");
        pace.Ran(TimeSpan.FromMilliseconds(1));

        pace.Ran(TimeSpan.FromMilliseconds(1_001));
        Assert.Equal(201, pace.Average!.Value.TotalMilliseconds, 0.1);
        pace.Ran(TimeSpan.FromMilliseconds(1));
        Assert.Equal(181, pace.Average!.Value.TotalMilliseconds, 0.1);
    }
}
