using Switchyard.Ingest;
using Switchyard.Jobs;

namespace Switchyard.InMemory.Ingest;

public sealed class InMemoryIngestTests : IAsyncDisposable
{
    private readonly InMemoryIngestFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IIngestJobStore Jobs => _fixture.Jobs;

    private IIngestRunStore Runs => _fixture.Runs;

    private IJobStore Kernel => _fixture.Kernel;

    [Fact]
    public async Task A_start_stores_run_and_kernel_job_together_and_a_second_one_neither()
    {
        var job = await CreateAsync();

        var (first, second) = (Start(job), Start(job));

        Assert.Equal(StartRunOutcome.Started, await Jobs.StartAsync(first, Cancellation));
        Assert.Equal(StartRunOutcome.AlreadyRunning, await Jobs.StartAsync(second with { Frozen = [] }, Cancellation));
        Assert.NotNull(await Kernel.FindAsync(first.Enqueue[0].Id, Cancellation));
        Assert.Null(await Kernel.FindAsync(second.Enqueue[0].Id, Cancellation));
        Assert.Null(await Runs.FindAsync(second.RunUid, Cancellation));
        var file = Assert.Single((await Jobs.FindAsync(job.Uid, Cancellation))!.Files);
        Assert.Equal(("jobs/frozen", 3L), (file.FrozenKey, file.Size));
    }

    [Fact]
    public async Task Files_are_frozen_once()
    {
        var job = await CreateAsync();
        var first = Start(job);
        await Jobs.StartAsync(first, Cancellation);
        await Runs.FinishAsync(End(first.RunUid, null), Cancellation);

        Assert.Equal(StartRunOutcome.FilesChanged, await Jobs.StartAsync(Start(job), Cancellation));
        Assert.Equal(StartRunOutcome.Started, await Jobs.StartAsync(Start(job) with { Frozen = [] }, Cancellation));
    }

    [Fact]
    public async Task An_effect_ends_the_run_with_the_kernels_job_and_is_taken_back_with_it()
    {
        var start = Start(await CreateAsync());
        await Jobs.StartAsync(start, Cancellation);
        var lease = await ClaimAsync();
        await Runs.BeginAttemptAsync(start.RunUid, lease.Token, running: true, Cancellation);
        var completion = new JobCompletion { Lease = lease, State = JobState.Succeeded, Effects = [End(start.RunUid, lease.Token), new Strange()] };

        Assert.Equal(CompletionStatus.Refused, (await Kernel.CompleteAsync([completion], Cancellation))[0].Status);
        Assert.Equal(IngestRunStatus.Running, (await Runs.FindAsync(start.RunUid, Cancellation))!.Run.Status);

        Assert.Equal(CompletionStatus.Applied, (await Kernel.CompleteAsync([completion with { Effects = [End(start.RunUid, lease.Token)] }], Cancellation))[0].Status);
        Assert.Equal(IngestRunStatus.Success, (await Runs.FindAsync(start.RunUid, Cancellation))!.Run.Status);
    }

    [Fact]
    public async Task A_run_that_ended_stays_as_it_is_but_for_its_last_words()
    {
        var start = Start(await CreateAsync());
        await Jobs.StartAsync(start, Cancellation);
        await Runs.BeginAttemptAsync(start.RunUid, 2, running: true, Cancellation);

        Assert.False(await Runs.BeginAttemptAsync(start.RunUid, 1, running: true, Cancellation));
        Assert.False(await Runs.ReportAsync(start.RunUid, 1, new RunReport.Summary("{}"), Cancellation));
        Assert.False(await Runs.FinishAsync(End(start.RunUid, 1), Cancellation));
        Assert.True(await Runs.FinishAsync(End(start.RunUid, 2), Cancellation));
        Assert.False(await Runs.FinishAsync(End(start.RunUid, null) with { Success = false }, Cancellation));
        Assert.False(await Runs.ReportAsync(start.RunUid, 2, new RunReport.Summary("{}"), Cancellation));
        Assert.True(await Runs.ReportAsync(start.RunUid, 2, new RunReport.Log("bye"), Cancellation));
        Assert.False(await Runs.InitializeAsync(start.RunUid, 2, Cancellation));
        Assert.False(await Runs.BeginAttemptAsync(start.RunUid, 3, running: true, Cancellation));

        var run = (await Runs.FindAsync(start.RunUid, Cancellation))!.Run;
        Assert.Equal((IngestRunStatus.Success, null, "bye", 2L), (run.Status, run.Summary, run.LogTail, run.Fence));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static IngestRunFinished End(Guid runUid, long? fence) => new() { RunUid = runUid, Fence = fence, Success = true, At = DateTimeOffset.UnixEpoch };

    private async Task<JobLease> ClaimAsync() => Assert.Single(await Kernel.ClaimAsync(
        new ClaimRequest { Owner = "o", Kinds = ["k"], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromSeconds(30) }, Cancellation)).Lease;

    private async Task<IngestJob> CreateAsync()
    {
        var job = new IngestJob
        {
            Uid = Guid.NewGuid(), Partner = "acme", Tenant = "acme", Bundle = "b", SchoolYear = "2526", Params = new Dictionary<string, string>(),
            BundleSnapshot = "{}", StoragePrefix = "jobs", Client = new("i", "c", null), CreatedAt = _fixture.Now,
            Files = [new() { Key = "F", Name = "f.csv", ObjectKey = "jobs/input" }],
        };
        return (await Jobs.CreateAsync(new(job, null), Cancellation)).Job!;
    }

    private StartRun Start(IngestJob job) => new()
    {
        JobUid = job.Uid, RunUid = Guid.NewGuid(), At = _fixture.Now, Frozen = [new("F", "jobs/frozen", 3)],
        Enqueue = [new JobRequest { Id = JobId.New(TimeProvider.System), Kind = "k", Payload = "{}" }],
    };

    private sealed record Strange : JobEffect;
}
