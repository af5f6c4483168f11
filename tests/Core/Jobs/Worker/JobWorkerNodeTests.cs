using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerNodeTests
{
    [Fact]
    public async Task Worker_tells_the_registry_of_itself_every_third_of_a_lease_and_leaves_when_it_stops()
    {
        var (registry, gate, entered) = (new FakeRegistry(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = JobWorkerHost.Start(
            async (_, _, _) =>
            {
                entered.TrySetResult();
                await gate.Task;
                return JobRunResult.Succeeded();
            },
            options => options.LeaseDuration = TimeSpan.FromSeconds(30),
            services => services.AddSingleton<INodeRegistry>(registry));
        await Eventually.HoldsAsync(() => registry.Beats.Count == 1, "the worker is there at once");
        await host.EnqueueAsync();
        await entered.Task;

        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.HoldsAsync(() => registry.Beats.Count == 2, "the worker is still there");

        var (first, second) = (registry.Beats.First(), registry.Beats.Last());
        Assert.Equal(("worker-1", 4, 0, 0), (first.Name, first.Concurrency, first.Running, first.Buffered));
        Assert.Equal((1, 0), (second.Running, second.Buffered));
        Assert.Equal([JobWorkerHost.Kind], first.Kinds);
        Assert.InRange(first.Version.Length, 1, 128);
        gate.SetResult();
        var stopping = host.StopAsync();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops", TimeSpan.Zero);
        Assert.Equal(["worker-1"], registry.Left);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Registry_that_fails_or_hangs_keeps_no_job_and_no_stop(bool hangs)
    {
        var registry = new FakeRegistry { Before = () => hangs ? new TaskCompletionSource().Task : throw new IOException() };
        await using var host = JobWorkerHost.Start((_, _, _) => Task.FromResult(JobRunResult.Succeeded()), services: services => services.AddSingleton<INodeRegistry>(registry));

        await host.ReachesAsync(await host.EnqueueAsync(), JobState.Succeeded);
        var stopping = host.StopAsync();
        await host.HoldsAsync(() => stopping.IsCompleted, "the worker stops");

        Assert.True(registry.Calls >= 2);
        Assert.Empty(registry.Left);
    }

    private sealed class FakeRegistry : INodeRegistry
    {
        private int _calls;

        public Func<Task> Before { get; set; } = () => Task.CompletedTask;

        public ConcurrentQueue<JobNode> Beats { get; } = new();

        public ConcurrentQueue<string> Left { get; } = new();

        public int Calls => _calls;

        public async Task HeartbeatAsync(JobNode node, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            await Before();
            Beats.Enqueue(node);
        }

        public async Task LeaveAsync(string name, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            await Before();
            Left.Enqueue(name);
        }

        public Task<IReadOnlyList<JobNode>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
