using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

/// <summary>Kinds that have slots of their own neither take those of others nor lend theirs.</summary>
public sealed class JobWorkerSlotsTests
{
    private const string Calls = "calls";

    [Fact]
    public async Task Kind_with_its_own_slots_runs_while_all_shared_ones_are_taken()
    {
        var calls = new CallsMade();
        var gate = new TaskCompletionSource<JobRunResult>();
        var blocked = 0;
        await using var host = Start(calls, slots: 2, (_, _, _) =>
        {
            Interlocked.Increment(ref blocked);
            return gate.Task;
        });
        await host.EnqueueManyAsync(8, payload: 0);
        await host.HoldsAsync(() => blocked == 4, "the shared slots are taken");

        var id = await host.EnqueueAsync(0, job => job with { Kind = Calls });
        await host.HoldsAsync(() => calls.Running.Count == 1, "the call runs");
        calls.Gate.SetResult(JobRunResult.Succeeded());
        await host.ReachesAsync(id, JobState.Succeeded);

        Assert.Equal(4, blocked);
        gate.SetResult(JobRunResult.Succeeded());
    }

    [Fact]
    public async Task Kind_with_its_own_slots_never_runs_in_more_and_takes_none_of_the_shared_ones()
    {
        var calls = new CallsMade();
        var shared = 0;
        await using var host = Start(calls, slots: 2, (_, _, _) =>
        {
            Interlocked.Increment(ref shared);
            return Task.FromResult(JobRunResult.Succeeded());
        });
        var ids = new List<JobId>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await host.EnqueueAsync(i, job => job with { Kind = Calls }));
        }

        await host.HoldsAsync(() => calls.Running.Count == 2, "its slots are taken");
        await host.EnqueueManyAsync(20, payload: 0);
        await host.HoldsAsync(() => shared == 20, "the other kind goes on");
        var waiting = (await host.GetAllAsync(ids)).Count(job => job.State == JobState.Queued);
        calls.Gate.SetResult(JobRunResult.Succeeded());
        await host.HoldsAsync(async () => (await host.GetAllAsync(ids)).All(job => job.State == JobState.Succeeded), "all calls are made");

        Assert.Equal((4, 2), (waiting, calls.Most));
    }

    [Fact]
    public void Number_of_slots_outside_of_its_bounds_stops_the_start()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Start(new CallsMade(), slots: 0, (_, _, _) => Task.FromResult(JobRunResult.Succeeded())));

        Assert.Equal("The kind 'calls' has 0 slots of its own; it needs 1 to 10,000.", exception.Message);
    }

    private static JobWorkerHost Start(CallsMade calls, int slots, Func<int, JobContext, CancellationToken, Task<JobRunResult>> other) => JobWorkerHost.Start(
        other,
        services: services => services.AddSingleton(calls).AddScoped<CallHandler>().AddSingleton(JobHandlerRegistration.Create<CallHandler, int>(Calls, _ => slots)));

    private sealed class CallsMade
    {
        private int _running;

        public ConcurrentQueue<int> Running { get; } = new();

        public TaskCompletionSource<JobRunResult> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Most { get; private set; }

        public async Task<JobRunResult> RunAsync(int payload)
        {
            Running.Enqueue(payload);
            Most = Math.Max(Most, Interlocked.Increment(ref _running));
            var result = await Gate.Task;
            Interlocked.Decrement(ref _running);
            return result;
        }
    }

    private sealed class CallHandler(CallsMade calls) : IJobHandler<int>
    {
        public Task<JobRunResult> RunAsync(int payload, JobContext context, CancellationToken cancellationToken) => calls.RunAsync(payload);
    }
}
