using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Jobs;

/// <summary>Proves a job store: each test is an obligation of <see cref="IJobStore"/>. Derive it and say how to make the store.</summary>
public abstract partial class JobStoreConformance : IAsyncLifetime
{
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private IJobStoreFixture? _fixture;

    /// <summary>Makes the store under test. Called once for each test.</summary>
    protected abstract Task<IJobStoreFixture> CreateAsync();

    private protected IJobStoreFixture Fixture => _fixture ?? throw new InvalidOperationException("The test has not been initialized.");

    private protected IJobStore Store => Fixture.Store;

    /// <summary>A kind that only this test uses.</summary>
    private protected string Kind { get; } = $"kind-{Guid.CreateVersion7():N}";

    private protected string FollowUpKind => Kind + "-failed";

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

    private protected JobRequest NewRequest(string payload = "{}") =>
        new() { Id = JobId.New(TimeProvider.System), Kind = Kind, Payload = payload };

    private protected JobRequest NewRequestWithFollowUp() =>
        NewRequest() with { OnFailure = new JobFollowUp(FollowUpKind, """{"of":"it"}""") };

    private protected Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(params JobRequest[] requests) => Store.EnqueueAsync(requests, Cancellation);

    private protected async Task<JobId> EnqueueOneAsync(JobRequest? request = null) => (await EnqueueAsync(request ?? NewRequest()))[0].Id;

    private protected Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int max = 10, int? start = null, TimeSpan? lease = null, string? kind = null) =>
        Store.ClaimAsync(
            new ClaimRequest { Owner = "worker-1", Kinds = [kind ?? Kind], MaxJobs = max, StartAtOnce = start ?? max, Lease = lease ?? Lease },
            Cancellation);

    private protected async Task<JobLease> ClaimOneAsync(int start = 1) => Assert.Single(await ClaimAsync(1, start)).Lease;

    private protected async Task<JobLease> EnqueueAndClaimAsync(JobRequest? request = null)
    {
        var id = await EnqueueOneAsync(request);
        var lease = await ClaimOneAsync();
        Assert.Equal(id, lease.JobId);
        return lease;
    }

    private protected async Task<CompletionResult> CompleteAsync(JobLease lease, JobState state, params JobEffect[] effects) =>
        Assert.Single(await Store.CompleteAsync([new JobCompletion { Lease = lease, State = state, Effects = effects }], Cancellation));

    private protected async Task<Job> GetAsync(JobId id)
    {
        var job = await Store.FindAsync(id, Cancellation);
        Assert.NotNull(job);
        return job;
    }

    /// <summary>The store's clock, read from a job that is made for it.</summary>
    private protected async Task<DateTimeOffset> GetNowAsync()
    {
        var id = await EnqueueOneAsync(NewRequest() with { Kind = Kind + "-clock" });
        return (await GetAsync(id)).CreatedAt;
    }

    private protected static JobId[] IdsOf(IEnumerable<ClaimedJob> claimed) => [.. claimed.Select(job => job.Lease.JobId)];

    private protected Task PassLeaseAsync() => Fixture.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
}
