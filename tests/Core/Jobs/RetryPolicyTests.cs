using FsCheck.Fluent;

namespace Switchyard.Jobs;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(3, 45)]
    [InlineData(4, 135)]
    [InlineData(5, 405)]
    [InlineData(6, 1215)]
    [InlineData(7, 3600)]
    [InlineData(1_000_000, 3600)]
    public void Waits_of_the_default_options_grow_threefold_up_to_an_hour(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.NextDelay(attempt, new RetryOptions(), () => 0.5));

    [Fact]
    public void Attempts_are_counted_from_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.NextDelay(0, new RetryOptions(), () => 0.5));

    /// <summary>P-EX4, its bounds computed in another way: by logarithms, in decimal seconds.</summary>
    [Fact]
    public void Any_wait_is_within_the_jitter_of_its_power_and_under_the_cap() =>
        TestKit.Property.Holds(
            from attempt in Gen.Frequency((3, Gen.Choose(1, 20)), (1, Gen.Choose(1, 1_000_000)))
            from first in Gen.Choose(0, 60_000)
            from factor in Gen.Choose(100, 1_000)
            from cap in Gen.Choose(0, 86_400_000)
            from jitter in Gen.Choose(0, 100)
            from chance in Gen.Choose(0, 1_000)
            select new Case(attempt, first, factor / 100.0, Math.Max(first, cap), jitter / 100.0, chance / 1000.0),
            wait => wait.First * Math.Pow(wait.Factor, wait.Attempt - 1) > wait.Cap ? "capped" : "growing",
            ["capped", "growing"],
            wait =>
            {
                var options = new RetryOptions
                {
                    FirstDelay = TimeSpan.FromMilliseconds(wait.First), Factor = wait.Factor, MaxDelay = TimeSpan.FromMilliseconds(wait.Cap), Jitter = wait.Jitter,
                };

                var delay = RetryPolicy.NextDelay(wait.Attempt, options, () => wait.Chance).TotalMilliseconds;

                var exponent = wait.First == 0 ? double.NegativeInfinity : Math.Log(wait.First) + (wait.Attempt - 1) * Math.Log(wait.Factor);
                var middle = exponent > Math.Log(Math.Max(wait.Cap, 1)) ? wait.Cap : Math.Exp(exponent);
                Assert.InRange(delay, middle * (1 - wait.Jitter) * 0.999999 - 0.001, Math.Min(middle * (1 + wait.Jitter) * 1.000001 + 0.001, wait.Cap));
            });

    private sealed record Case(int Attempt, double First, double Factor, double Cap, double Jitter, double Chance);
}
