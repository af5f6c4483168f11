using System.Text.Json;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Ingest;

/// <summary>Holds what the suites of the ingest stores share.</summary>
public abstract class IngestConformance : IAsyncLifetime
{
    private IIngestStoreFixture? _fixture;

    /// <summary>Makes the stores under test, empty. Called once for each test.</summary>
    protected abstract Task<IIngestStoreFixture> CreateAsync();

    private protected IIngestStoreFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not been initialized.");

    private protected IIngestJobStore Jobs => Fixture.Jobs;

    private protected IIngestRunStore Runs => Fixture.Runs;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _fixture = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    /// <summary>Compares everything that two values hold, collections too.</summary>
    private protected static void AssertSame<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));

    private protected IngestJob NewJob(string partner = "acme") => new()
    {
        Uid = Guid.NewGuid(),
        Partner = partner,
        Tenant = "acme-west",
        Bundle = "assessments/PSAT_SAT",
        SchoolYear = "2526",
        Params = new Dictionary<string, string> { ["TEST_TYPE"] = "PSAT 8/9 \"é\"", ["EMPTY"] = "" },
        BundleSnapshot = """{"display_name":"PSAT/SAT"}""",
        StoragePrefix = "jobs/acme/acme-west/x",
        Client = new IngestClient("https://issuer.example", "client-1", "A client"),
        CreatedAt = Fixture.Now,
        Files =
        [
            new IngestFile { Key = "INPUT_FILE", Name = "sat results.csv", ObjectKey = "jobs/acme/acme-west/x/input/1" },
            new IngestFile { Key = "INPUT_FILE_SA", Name = "é.csv", ObjectKey = "jobs/acme/acme-west/x/input/2" },
        ],
    };

    private protected IdempotencyKey NewKey(string key = "key", string hash = "hash") =>
        new("https://issuer.example", "client-1", key, hash, Fixture.Now - TimeSpan.FromHours(24));

    private protected StartRun NewStart(Guid jobUid, params FrozenFile[] frozen) => new()
    {
        JobUid = jobUid,
        RunUid = Guid.NewGuid(),
        At = Fixture.Now,
        Frozen = frozen,
        Enqueue = [new JobRequest { Id = JobId.New(TimeProvider.System), Kind = "ingest-run", Payload = "{}" }],
    };

    private protected async Task<IngestJob> CreateJobAsync(IngestJob? job = null)
    {
        var created = await Jobs.CreateAsync(new NewIngestJob(job ?? NewJob(), null), Cancellation);
        Assert.Equal(CreateJobOutcome.Created, created.Outcome);
        return created.Job!;
    }

    /// <summary>Makes a job with a run that nobody has begun.</summary>
    private protected async Task<Guid> StartRunAsync(Guid? jobUid = null)
    {
        var start = NewStart(jobUid ?? (await CreateJobAsync()).Uid);
        Assert.Equal(StartRunOutcome.Started, await Jobs.StartAsync(start, Cancellation));
        return start.RunUid;
    }

    private protected async Task<IngestRun> GetRunAsync(Guid runUid)
    {
        var found = await Runs.FindAsync(runUid, Cancellation);
        Assert.NotNull(found);
        return found.Run;
    }

    private protected async Task<IngestJob> GetJobAsync(Guid uid)
    {
        var found = await Jobs.FindAsync(uid, Cancellation);
        Assert.NotNull(found);
        return found;
    }

    private protected IngestRunFinished End(Guid runUid, long? fence = null, bool success = true) =>
        new() { RunUid = runUid, Fence = fence, Success = success, At = Fixture.Now };

    /// <summary>Makes calls that all begin at once.</summary>
    private protected static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        using var gate = new SemaphoreSlim(0, count);
        var calls = Enumerable.Range(0, count).Select(index => Task.Run(async () =>
        {
            await gate.WaitAsync(Cancellation);
            return await call(index);
        })).ToArray();
        gate.Release(count);
        return await Task.WhenAll(calls);
    }
}
