using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Blobs;
using Switchyard.Ingest.Callbacks;
using Switchyard.Jobs;
using Switchyard.TestKit;
using Switchyard.Tokens;

namespace Switchyard.Ingest;

/// <summary>Ingest over in-memory stores, a manual clock and a kernel that a test drives by hand.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly ServiceProvider _provider;

    private IngestHost(ServiceProvider provider, LogCapture logs)
    {
        _provider = provider;
        Logs = logs;
    }

    public LogCapture Logs { get; }

    public ManualTimeProvider Clock => _provider.GetRequiredService<TimeProvider>() as ManualTimeProvider ?? throw new InvalidOperationException("The clock is the real one.");

    public MemoryBlobs Blobs { get; private init; } = null!;

    public FakeLoader Loader { get; private init; } = null!;

    public IServiceProvider Services => _provider;

    public IIngestJobStore Jobs => _provider.GetRequiredService<IIngestJobStore>();

    public IIngestRunStore Runs => _provider.GetRequiredService<IIngestRunStore>();

    public KernelPump Kernel => new(_provider);

    public static IngestCaller Acme { get; } = Caller("partner:acme");

    public static IngestCaller Caller(string scope, string? clientId = "client-1") => new(ScopeSet.Parse(scope), new("https://issuer.example.org", clientId, null));

    public static SubmitJob Sat(string? idempotencyKey = null) => new()
    {
        Partner = "acme",
        Tenant = "acme",
        Bundle = "assessments/PSAT_SAT",
        SchoolYear = "2526",
        Files = new Dictionary<string, string> { ["INPUT_FILE"] = "sat_results.csv" },
        Params = new Dictionary<string, ParamValue> { ["TEST_TYPE"] = ParamValue.Of("SAT") },
        IdempotencyKey = idempotencyKey,
    };

    public static async Task<IngestHost> StartAsync(Action<IngestOptions>? configure = null, Action<IServiceCollection>? services = null, bool realClock = false)
    {
        var (blobs, loader, logs) = (new MemoryBlobs(), new FakeLoader(), new LogCapture());
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        collection.AddSingleton<TimeProvider>(realClock ? TimeProvider.System : new ManualTimeProvider());
        collection.AddSingleton<IBlobStore>(blobs).AddSingleton<IAnalyticsLoader>(loader);
        services?.Invoke(collection);
        collection.AddIngest(options =>
        {
            options.UseSample = true;
            options.CallbackKey = Key;
            options.PublicUrl = new Uri("https://host.example.org/");
            configure?.Invoke(options);
        }).UseInMemory();
        new KernelBuilder(collection).UseInMemory();
        collection.AddSingleton<IJobQueue, StoreQueue>();
        var provider = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(TestContext.Current.CancellationToken);
        }

        return new IngestHost(provider, logs) { Blobs = blobs, Loader = loader };
    }

    public Task<SubmitResult> SubmitAsync(SubmitJob request, IngestCaller? caller = null) =>
        UseAsync<IngestService, SubmitResult>(service => service.SubmitAsync(caller ?? Acme, request));

    public Task<StartResult> StartJobAsync(Guid uid, IngestCaller? caller = null) =>
        UseAsync<IngestService, StartResult>(service => service.StartAsync(caller ?? Acme, uid));

    public Task<T> CallAsync<T>(Func<CallbackService, Task<T>> call) => UseAsync(call);

    public async Task<IngestRefusal> RefusalAsync(SubmitJob request, IngestCaller? caller = null)
    {
        var refusal = Assert.IsType<SubmitResult.Refused>(await SubmitAsync(request, caller)).Refusal;
        Assert.Equal(0, (await Jobs.ListAsync(new(["acme"], 0, 1), TestContext.Current.CancellationToken)).Total);
        return refusal;
    }

    /// <summary>Creates a job and uploads one file of two rows.</summary>
    public async Task<IngestJob> UploadedAsync(string content = "a,b\n1,2\n3,4\n")
    {
        var job = Assert.IsType<SubmitResult.Accepted>(await SubmitAsync(Sat())).Job;
        Blobs.Put(job.Files[0].ObjectKey, content);
        return job;
    }

    /// <summary>Creates, uploads and starts a job.</summary>
    public async Task<Guid> StartedAsync(string content = "a,b\n1,2\n3,4\n") =>
        Assert.IsType<StartResult.Started>(await StartJobAsync((await UploadedAsync(content)).Uid)).RunUid;

    public async Task<IngestRun> RunAsync(Guid runUid) => (await Runs.FindAsync(runUid, TestContext.Current.CancellationToken))!.Run;

    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = _provider.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class StoreQueue(IJobStore store) : IJobQueue
    {
        public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) =>
            store.EnqueueAsync(requests, cancellationToken);
    }

    private sealed class KernelBuilder(IServiceCollection services) : IJobsBuilder
    {
        public IServiceCollection Services => services;
    }
}
