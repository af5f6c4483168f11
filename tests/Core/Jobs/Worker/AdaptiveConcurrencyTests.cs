using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class AdaptiveConcurrencyTests
{
    [Theory]
    [InlineData(50, 50, true, 10, 25)]
    [InlineData(1, 50, true, 10, 1)]
    [InlineData(50, 50, false, 1_000, 37)]
    [InlineData(1, 50, false, 5_000, 1)]
    [InlineData(50, 50, false, 999, 50)]
    [InlineData(1, 50, false, 10, 6)]
    [InlineData(48, 50, false, 10, 50)]
    [InlineData(1, 4, false, 10, 2)]
    public void Limit_falls_by_half_or_a_quarter_and_rises_by_a_tenth(int current, int max, bool failed, int tookMs, int next) =>
        Assert.Equal(next, ConcurrencyPolicy.Next(current, max, failed, TimeSpan.FromMilliseconds(tookMs)));

    [Fact]
    public void Limit_changes_at_most_once_a_second_and_tells()
    {
        var (clock, told) = (new ManualTimeProvider(), 0);
        var concurrency = new AdaptiveConcurrency(8, clock, () => told++);
        clock.Advance(TimeSpan.FromSeconds(1));

        for (var call = 0; call < 3; call++)
        {
            concurrency.OnCall(TimeSpan.Zero, failed: true);
        }

        Assert.Equal((4, 1), (concurrency.Limit, told));
        clock.Advance(TimeSpan.FromSeconds(1));
        concurrency.OnCall(TimeSpan.Zero, failed: true);
        Assert.Equal((2, 2), (concurrency.Limit, told));
        clock.Advance(TimeSpan.FromSeconds(1));
        concurrency.OnCall(TimeSpan.Zero, failed: false);
        concurrency.OnCall(TimeSpan.Zero, failed: false);
        Assert.Equal((3, 3), (concurrency.Limit, told));
    }
}
