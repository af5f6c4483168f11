namespace Switchyard.Jobs.Worker;

/// <summary>Spaces repeated calls to a store that fails: one second first, then doubled up to thirty, with jitter; never faster.</summary>
internal sealed class StoreBackoff(TimeProvider timeProvider, Func<double> randomizer)
{
    private static readonly RetryOptions Spacing = new() { FirstDelay = TimeSpan.FromSeconds(1.5), Factor = 2, MaxDelay = TimeSpan.FromSeconds(30), Jitter = 0.3 };
    private int _failures;

    public void Succeeded() => _failures = 0;

    /// <summary>Waits after a failure.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        _failures++;
        return Task.Delay(RetryPolicy.NextDelay(_failures, Spacing, randomizer), timeProvider, cancellationToken);
    }
}
