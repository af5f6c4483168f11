using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

/// <summary>A worker on the in-memory store, with a clock and a store that the test has in hand.</summary>
internal sealed class JobWorkerHost : IAsyncDisposable
{
    public const string Kind = "scripted";
    private readonly ServiceProvider _services;
    private readonly JobWorkers _worker;
    private bool _stopped;

    public JobWorkerHost(Func<int, JobContext, CancellationToken, Task<JobRunResult>> handler, Action<JobsOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddMetrics();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton(new Script(handler));
        collection.AddJobs(options =>
        {
            options.WorkerName = "worker-1";
            options.Concurrency = 4;

            // Long enough that no test loses one by moving the clock; those about leases set their own.
            options.LeaseDuration = TimeSpan.FromHours(12);
            configure?.Invoke(options);
        }).AddHandler<ScriptedHandler, int>(Kind).UseInMemory();
        var inMemory = collection.Last(service => service.ServiceType == typeof(IJobStore));
        collection.Remove(inMemory);
        collection.AddSingleton<IJobStore>(provider => Store = new FaultyJobStore((IJobStore)ActivatorUtilities.CreateInstance(provider, inMemory.ImplementationType!)));

        // What a store may bring beside; a test that is about one of them adds its own.
        collection.RemoveAll<IJobJournal>().RemoveAll<INodeRegistry>().RemoveAll<IJobKindStore>().RemoveAll<IJobMaintenance>();
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        _worker = _services.GetServices<IHostedService>().OfType<JobWorkers>().Single();
        Metrics = new JobsMetrics(_services);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FaultyJobStore Store { get; private set; } = null!;

    public JobsMetrics Metrics { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static JobWorkerHost Start(
        Func<int, JobContext, CancellationToken, Task<JobRunResult>> handler, Action<JobsOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var host = new JobWorkerHost(handler, configure, services);
        host.Start();
        return host;
    }

    public void Start() => _worker.StartAsync(Cancellation).GetAwaiter().GetResult();

    public async Task<JobId> EnqueueAsync(int payload = 0, Func<JobRequest, JobRequest>? configure = null)
    {
        using var scope = _services.CreateScope();
        var queue = scope.ServiceProvider.GetRequiredService<IJobQueue>();
        return (await queue.EnqueueAsync(Kind, payload, configure, Clock, Cancellation)).Id;
    }

    /// <summary>Enqueues some jobs in one call, so that one claim finds them all.</summary>
    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync(int count, int payload, int maxAttempts = 5)
    {
        JobRequest[] requests = [.. Enumerable.Range(0, count).Select(_ => new JobRequest { Id = JobId.New(Clock), Kind = Kind, Payload = JobPayload.Serialize(payload), MaxAttempts = maxAttempts })];
        using var scope = _services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync(requests, Cancellation);
        return [.. requests.Select(request => request.Id)];
    }

    public Task<Job[]> GetAllAsync(IEnumerable<JobId> ids) => Task.WhenAll(ids.Select(GetAsync));

    public async Task<Job> GetAsync(JobId id) => (await Store.FindAsync(id, Cancellation))!;

    /// <summary>Moves the clock, second by second, until a job is in a state.</summary>
    public async Task<Job> ReachesAsync(JobId id, JobState state, TimeSpan? step = null)
    {
        await HoldsAsync(async () => (await GetAsync(id)).State == state, $"{id} is {state}", step);
        return await GetAsync(id);
    }

    /// <summary>Waits, with the clock at rest, until the first attempt has failed and the next is due later.</summary>
    public async Task<Job> FailsOnceAsync(JobId id)
    {
        await HoldsAsync(async () => await GetAsync(id) is { State: JobState.Queued, Attempt: 1 }, $"{id} waits for its second attempt", TimeSpan.Zero);
        return await GetAsync(id);
    }

    public Task HoldsAsync(Func<bool> condition, string what, TimeSpan? step = null) => HoldsAsync(() => Task.FromResult(condition()), what, step);

    public Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? step = null) => Eventually.HoldsAsync(
        async () =>
        {
            if (await condition())
            {
                return true;
            }

            Clock.Advance(step ?? TimeSpan.FromSeconds(1));
            return false;
        },
        what);

    public Task StopAsync()
    {
        _stopped = true;
        return _worker.StopAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            var stopping = StopAsync();
            await HoldsAsync(() => stopping.IsCompleted, "the worker stops");
        }

        Metrics.Dispose();
        await _services.DisposeAsync();
    }

    internal sealed record Script(Func<int, JobContext, CancellationToken, Task<JobRunResult>> Run);

    private sealed class ScriptedHandler(Script script) : IJobHandler<int>
    {
        public Task<JobRunResult> RunAsync(int payload, JobContext context, CancellationToken cancellationToken) => script.Run(payload, context, cancellationToken);
    }
}
