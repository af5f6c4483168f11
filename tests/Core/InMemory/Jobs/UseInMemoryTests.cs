using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs;

public sealed class UseInMemoryTests
{
    [Fact]
    public void Second_call_adds_no_service()
    {
        var builder = new Builder();
        builder.UseInMemory();
        var once = builder.Services.Count;

        Assert.Same(builder, builder.UseInMemory());

        Assert.Equal(once, builder.Services.Count);
    }

    [Fact]
    public async Task Store_wakes_the_workers_of_its_process()
    {
        var builder = new Builder();
        var signal = new CountingSignal();
        builder.UseInMemory().Services.AddSingleton<IJobSignal>(signal);
        await using var services = builder.Services.BuildServiceProvider();

        var request = new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = "kind", Payload = "1" };
        await services.GetRequiredService<IJobStore>().EnqueueAsync([request], TestContext.Current.CancellationToken);

        Assert.Equal(1, signal.Count);
    }

    [Fact]
    public async Task Every_port_is_registered_over_one_database()
    {
        await using var services = new Builder().UseInMemory().Services.BuildServiceProvider();
        var cancellation = TestContext.Current.CancellationToken;
        var store = services.GetRequiredService<IJobStore>();
        var request = new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = "kind", Payload = "1" };
        await store.EnqueueAsync([request], cancellation);
        var lease = Assert.Single(await store.ClaimAsync(
            new ClaimRequest { Owner = "o", Kinds = ["kind"], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromSeconds(30) }, cancellation)).Lease;

        await services.GetRequiredService<IJobKindStore>().PauseAsync("kind", "ann", "why", cancellation);
        await services.GetRequiredService<IJobJournal>().WriteAsync([new JobJournalEntry { Lease = lease, Attempt = 1 }], cancellation);
        await services.GetRequiredService<INodeRegistry>().LeaveAsync("o", cancellation);

        Assert.Equal([new JobCount("kind", JobState.Running, 1)], await services.GetRequiredService<IJobAdmin>().CountAsync(cancellation));
        Assert.Equal("pause", Assert.Single(await services.GetRequiredService<IJobAdmin>().ListOperationsAsync(10, cancellation)).Action);
        Assert.NotNull(await services.GetRequiredService<IJobJournal>().FindAsync(request.Id, cancellation));
        Assert.Equal(new JobStoreHealth(null, 0, 0), await services.GetRequiredService<IJobMaintenance>().GetHealthAsync(cancellation));
    }

    [Fact]
    public async Task Resume_and_higher_limits_wake_the_workers()
    {
        var builder = new Builder();
        var signal = new CountingSignal();
        builder.UseInMemory().Services.AddSingleton<IJobSignal>(signal);
        await using var services = builder.Services.BuildServiceProvider();
        var kinds = services.GetRequiredService<IJobKindStore>();
        await kinds.PauseAsync("kind", "ann", "why", TestContext.Current.CancellationToken);
        var before = signal.Count;

        await kinds.ResumeAsync("kind", "ann", "why", TestContext.Current.CancellationToken);
        await kinds.SetLimitsAsync("kind", JobKindLimits.None, TestContext.Current.CancellationToken);

        Assert.Equal(before + 2, signal.Count);
    }

    private sealed class Builder : IJobsBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }

    private sealed class CountingSignal : IJobSignal
    {
        public int Count { get; private set; }

        public void Set() => Count++;

        public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
