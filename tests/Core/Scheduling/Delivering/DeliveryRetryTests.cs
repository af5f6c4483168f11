using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Scheduling.Delivering;

public sealed class DeliveryRetryTests
{
    [Fact]
    public void Waits_double_from_a_minute()
    {
        var options = new SchedulingOptions { Randomizer = () => 0.5 };

        Assert.Equal([60, 120, 240], new[] { 1, 2, 3 }.Select(attempt => DeliveryRetry.Delay(attempt, options).TotalSeconds));
    }

    [Fact]
    public void Receiver_may_ask_for_more_but_not_for_less()
    {
        var options = new SchedulingOptions { Randomizer = () => 0.5 };

        Assert.Equal(TimeSpan.FromSeconds(90), DeliveryRetry.Delay(1, options, TimeSpan.FromSeconds(90)));
        Assert.Equal(TimeSpan.FromSeconds(60), DeliveryRetry.Delay(1, options, TimeSpan.FromSeconds(3)));
    }

    // P-EX4.
    [Fact]
    public void Wait_is_the_doubled_base_within_its_jitter_and_at_most_a_day() => Property.Holds(
        Cases(),
        sample => sample.Attempt > 1000 ? "huge" : sample.Base.TotalSeconds * Math.Pow(2, sample.Attempt - 1) > 86_400 ? "capped" : "usual",
        ["huge", "capped", "usual"],
        sample =>
        {
            var options = new SchedulingOptions { RetryBaseDelay = sample.Base, RetryJitter = sample.Jitter, Randomizer = () => sample.Chance };

            var delay = DeliveryRetry.Delay(sample.Attempt, options).TotalSeconds;

            var unjittered = Math.Min(sample.Base.TotalSeconds * Math.Pow(2, Math.Min(sample.Attempt - 1, 1000)), 86_400);
            Assert.InRange(delay, (unjittered * (1 - sample.Jitter)) - 1e-6, Math.Min(unjittered * (1 + sample.Jitter), 86_400) + 1e-6);
        });

    private static Gen<Sample> Cases() =>
        from attempt in Gen.Frequency((3, Gen.Choose(1, 9)), (1, Gen.Choose(10, 30)), (1, Gen.Choose(1001, 1_000_000)))
        from seconds in Gen.Choose(1, 3600)
        from jitter in Gen.Choose(0, 100)
        from chance in Gen.Choose(0, 999)
        select new Sample(attempt, TimeSpan.FromSeconds(seconds), jitter / 100.0, chance / 1000.0);

    private sealed record Sample(int Attempt, TimeSpan Base, double Jitter, double Chance);
}
