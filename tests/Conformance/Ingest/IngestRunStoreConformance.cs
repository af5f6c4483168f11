using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

/// <summary>Proves a store of runs: each test is an obligation of <see cref="IIngestRunStore"/>.</summary>
public abstract partial class IngestRunStoreConformance : IngestConformance
{
    /// <summary>A run is found with its job.</summary>
    [Fact]
    public async Task Run_is_found_with_its_job_and_without_other_runs()
    {
        var job = await CreateJobAsync();
        var first = await StartRunAsync(job.Uid);
        await Runs.FinishAsync(End(first), Cancellation);
        var second = await StartRunAsync(job.Uid);

        var found = await Runs.FindAsync(second, Cancellation);

        AssertSame(
            new IngestRunWithJob(new IngestRun { Uid = second, JobUid = job.Uid, Status = IngestRunStatus.New, CreatedAt = Fixture.Now }, job),
            found);
        Assert.Null(await Runs.FindAsync(Guid.NewGuid(), Cancellation));
    }

    /// <summary>An attempt that runs at once.</summary>
    [Fact]
    public async Task Attempt_that_runs_makes_the_run_running()
    {
        var uid = await StartRunAsync();
        var before = await GetRunAsync(uid);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.True(await Runs.BeginAttemptAsync(uid, 7, running: true, Cancellation));

        AssertSame(before with { Status = IngestRunStatus.Running, Fence = 7, StartedAt = Fixture.Now }, await GetRunAsync(uid));
    }

    /// <summary>An attempt that waits for its executor.</summary>
    [Fact]
    public async Task Attempt_that_waits_leaves_the_run_new_until_its_executor_calls()
    {
        var uid = await StartRunAsync();
        var before = await GetRunAsync(uid);

        Assert.True(await Runs.BeginAttemptAsync(uid, 7, running: false, Cancellation));
        AssertSame(before with { Fence = 7 }, await GetRunAsync(uid));

        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.True(await Runs.InitializeAsync(uid, 7, Cancellation));
        AssertSame(before with { Status = IngestRunStatus.Running, Fence = 7, StartedAt = Fixture.Now }, await GetRunAsync(uid));
    }

    /// <summary>Fences rise.</summary>
    [Fact]
    public async Task Attempt_with_a_lower_fence_begins_nothing_and_the_same_fence_begins_again()
    {
        var uid = await StartRunAsync();
        Assert.True(await Runs.BeginAttemptAsync(uid, 2, running: true, Cancellation));
        var first = await GetRunAsync(uid);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.False(await Runs.BeginAttemptAsync(uid, 1, running: true, Cancellation));
        Assert.True(await Runs.BeginAttemptAsync(uid, 2, running: true, Cancellation));
        AssertSame(first, await GetRunAsync(uid));

        Assert.True(await Runs.BeginAttemptAsync(uid, 3, running: true, Cancellation));
        AssertSame(first with { Fence = 3 }, await GetRunAsync(uid));
    }

    /// <summary>What has ended or isn't there begins nothing.</summary>
    [Fact]
    public async Task Attempt_of_an_ended_or_unknown_run_begins_nothing()
    {
        var uid = await StartRunAsync();
        await Runs.FinishAsync(End(uid), Cancellation);
        var ended = await GetRunAsync(uid);

        Assert.False(await Runs.BeginAttemptAsync(uid, 9, running: true, Cancellation));
        Assert.False(await Runs.BeginAttemptAsync(uid, 9, running: false, Cancellation));
        Assert.False(await Runs.InitializeAsync(uid, 0, Cancellation));
        Assert.False(await Runs.BeginAttemptAsync(Guid.NewGuid(), 1, running: true, Cancellation));
        AssertSame(ended, await GetRunAsync(uid));
    }

    /// <summary>An init token is good once.</summary>
    [Fact]
    public async Task Initialize_answers_true_once_for_each_fence()
    {
        var uid = await StartRunAsync();
        await Runs.BeginAttemptAsync(uid, 1, running: false, Cancellation);

        Assert.Equal(1, (await AtOnceAsync(6, _ => Runs.InitializeAsync(uid, 1, Cancellation))).Count(first => first));
        Assert.False(await Runs.InitializeAsync(uid, 2, Cancellation));
        Assert.True(await Runs.BeginAttemptAsync(uid, 1, running: false, Cancellation));
        Assert.False(await Runs.InitializeAsync(uid, 1, Cancellation));

        await Runs.BeginAttemptAsync(uid, 2, running: false, Cancellation);
        Assert.False(await Runs.InitializeAsync(uid, 1, Cancellation));
        Assert.True(await Runs.InitializeAsync(uid, 2, Cancellation));
        Assert.False(await Runs.InitializeAsync(uid, 2, Cancellation));
        Assert.False(await Runs.InitializeAsync(Guid.NewGuid(), 1, Cancellation));
    }
}
