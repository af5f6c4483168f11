using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

/// <summary>Holds what the suites of the operations ports share.</summary>
public abstract class JobOperationsConformance : IAsyncLifetime
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private IJobOperationsFixture? _fixture;

    /// <summary>Makes the adapters under test, over a database that holds nothing. Called once for each test.</summary>
    protected abstract Task<IJobOperationsFixture> CreateAsync();

    private protected IJobOperationsFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not been initialized.");

    private protected IJobStore Store => Fixture.Store;

    private protected string Kind { get; } = $"kind-{Guid.CreateVersion7():N}";

    private protected string OtherKind => Kind + "-other";

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

    private protected JobRequest NewRequest(string? kind = null) =>
        new() { Id = JobId.New(TimeProvider.System), Kind = kind ?? Kind, Payload = "{}" };

    /// <summary>Makes requests whose ids rise with their index, so that what is newest is plain.</summary>
    private protected JobRequest[] NewRequests(int count, Func<JobRequest, int, JobRequest>? with = null)
    {
        JobRequest[] requests = [.. Enumerable.Range(0, count).Select(_ => NewRequest()).OrderBy(request => request.Id.Value)];
        return [.. requests.Select((request, index) => with?.Invoke(request, index) ?? request)];
    }

    private protected async Task<JobId[]> EnqueueAsync(params JobRequest[] requests)
    {
        var results = await Store.EnqueueAsync(requests, Cancellation);
        Assert.All(results, result => Assert.True(result.Created));
        return [.. results.Select(result => result.Id)];
    }

    private protected Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int max = 100, string? kind = null, string owner = "worker-1", int? start = null) =>
        Store.ClaimAsync(new ClaimRequest { Owner = owner, Kinds = [kind ?? Kind], MaxJobs = max, StartAtOnce = start ?? max, Lease = Lease }, Cancellation);

    private protected async Task<JobLease[]> LeasesAsync(int max = 100, string? kind = null) => [.. (await ClaimAsync(max, kind)).Select(job => job.Lease)];

    private protected async Task<JobLease> EnqueueAndClaimAsync(JobRequest? request = null)
    {
        var wanted = request ?? NewRequest();
        await EnqueueAsync(wanted);
        var lease = Assert.Single(await ClaimAsync(1, wanted.Kind)).Lease;
        Assert.Equal(wanted.Id, lease.JobId);
        return lease;
    }

    private protected async Task EndAsync(JobLease lease, JobState end = JobState.Succeeded, string? errorType = null)
    {
        var completion = new JobCompletion { Lease = lease, State = end, Error = errorType is null ? null : "why", ErrorType = errorType };
        Assert.Equal([new CompletionResult(CompletionStatus.Applied)], await Store.CompleteAsync([completion], Cancellation));
    }

    /// <summary>Enqueues a job and brings it to an end.</summary>
    private protected async Task<JobId> EndedAsync(JobState end, JobRequest? request = null, string? errorType = null)
    {
        var lease = await EnqueueAndClaimAsync(request);
        await EndAsync(lease, end, errorType);
        return lease.JobId;
    }

    private protected async Task<Job> GetAsync(JobId id)
    {
        var job = await Store.FindAsync(id, Cancellation);
        Assert.NotNull(job);
        return job;
    }

    private protected Task AdvanceAsync(double seconds) => Fixture.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    private protected static JobId[] IdsOf(IEnumerable<ClaimedJob> claimed) => [.. claimed.Select(job => job.Lease.JobId)];

    private protected static Task InParallelAsync(int callers, Func<int, Task> body) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => body(caller), Cancellation)));
}
