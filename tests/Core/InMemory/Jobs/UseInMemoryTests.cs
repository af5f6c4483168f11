using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs;

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
