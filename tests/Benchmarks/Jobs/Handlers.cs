using Switchyard.Jobs;

namespace Switchyard.Benchmarks.Jobs;

/// <summary>The payload of a job that does nothing.</summary>
internal sealed record NoOp(int Number)
{
    public const string Kind = "no-op";
}

/// <summary>The payload of a job that takes a second.</summary>
internal sealed record Slow(int Number)
{
    public const string Kind = "slow";
}

/// <summary>Learns of a handler's first line.</summary>
internal interface IPickups
{
    /// <summary>Gets what takes no notice.</summary>
    static IPickups Nobody { get; } = new Deaf();

    void OnPickup(int number);

    private sealed class Deaf : IPickups
    {
        public void OnPickup(int number)
        {
        }
    }
}

internal sealed class NoOpHandler(IPickups pickups) : IJobHandler<NoOp>
{
    public Task<JobRunResult> RunAsync(NoOp payload, JobContext context, CancellationToken cancellationToken)
    {
        pickups.OnPickup(payload.Number);
        return Task.FromResult(JobRunResult.Succeeded());
    }
}

internal sealed class SlowHandler : IJobHandler<Slow>
{
    public async Task<JobRunResult> RunAsync(Slow payload, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        return JobRunResult.Succeeded();
    }
}
