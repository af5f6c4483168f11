using Switchyard.Ingest;
using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Ingest;

public abstract partial class IngestJobStoreConformance
{
    private static readonly FrozenFile[] BothFrozen = [new("INPUT_FILE", "frozen/1", 123), new("INPUT_FILE_SA", "frozen/2", 4_000_000_000)];

    /// <summary>Run, frozen files and kernel jobs are there together.</summary>
    [Fact]
    public async Task Start_stores_run_frozen_files_and_kernel_jobs()
    {
        var job = await CreateJobAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));
        var start = NewStart(job.Uid, BothFrozen);

        Assert.Equal(StartRunOutcome.Started, await Jobs.StartAsync(start, Cancellation));

        AssertSame(
            job with
            {
                Files = [.. job.Files.Select((file, index) => file with { FrozenKey = BothFrozen[index].FrozenKey, Size = BothFrozen[index].Size })],
                Runs = [new IngestRun { Uid = start.RunUid, JobUid = job.Uid, Status = IngestRunStatus.New, CreatedAt = start.At }],
            },
            await GetJobAsync(job.Uid));
        Assert.Equal(JobState.Queued, (await Fixture.Kernel.FindAsync(start.Enqueue[0].Id, Cancellation))!.State);
    }

    /// <summary>At most one unfinished run a job.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_of_a_job_with_an_unfinished_run_stores_nothing(bool running)
    {
        var job = await CreateJobAsync();
        var run = await StartRunAsync(job.Uid);
        if (running)
        {
            await Runs.BeginAttemptAsync(run, 1, running: true, Cancellation);
        }

        var before = await GetJobAsync(job.Uid);
        var start = NewStart(job.Uid, BothFrozen);

        Assert.Equal(StartRunOutcome.AlreadyRunning, await Jobs.StartAsync(start, Cancellation));

        AssertSame(before, await GetJobAsync(job.Uid));
        Assert.Null(await Runs.FindAsync(start.RunUid, Cancellation));
        Assert.Null(await Fixture.Kernel.FindAsync(start.Enqueue[0].Id, Cancellation));
    }

    /// <summary>A finished job may be started again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_of_a_job_whose_run_has_ended_adds_a_run(bool success)
    {
        var job = await CreateJobAsync();
        var first = await StartRunAsync(job.Uid);
        await Runs.FinishAsync(End(first, success: success), Cancellation);

        var second = await StartRunAsync(job.Uid);

        Assert.Equal([first, second], (await GetJobAsync(job.Uid)).Runs.Select(run => run.Uid));
    }

    /// <summary>Files are frozen once.</summary>
    [Fact]
    public async Task Start_that_freezes_what_is_frozen_already_stores_nothing()
    {
        var job = await CreateJobAsync();
        var first = NewStart(job.Uid, BothFrozen[1]);
        await Jobs.StartAsync(first, Cancellation);
        await Runs.FinishAsync(End(first.RunUid), Cancellation);
        var before = await GetJobAsync(job.Uid);
        var second = NewStart(job.Uid, BothFrozen);

        Assert.Equal(StartRunOutcome.FilesChanged, await Jobs.StartAsync(second, Cancellation));

        AssertSame(before, await GetJobAsync(job.Uid));
        Assert.Null(await Fixture.Kernel.FindAsync(second.Enqueue[0].Id, Cancellation));
    }

    /// <summary>All or none.</summary>
    [Fact]
    public async Task Start_whose_kernel_jobs_can_not_be_enqueued_stores_nothing()
    {
        var job = await CreateJobAsync();
        var start = NewStart(job.Uid, BothFrozen);
        var broken = start.Enqueue[0] with { Id = JobId.New(TimeProvider.System), Kind = new string('k', 129) };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Jobs.StartAsync(start with { Enqueue = [start.Enqueue[0], broken] }, Cancellation));

        AssertSame(job, await GetJobAsync(job.Uid));
        Assert.Null(await Fixture.Kernel.FindAsync(start.Enqueue[0].Id, Cancellation));
    }

    /// <summary>G23: of many, one starts.</summary>
    [Fact]
    public async Task Concurrent_starts_make_one_run()
    {
        var job = await CreateJobAsync();
        StartRun[] starts = [.. Enumerable.Range(0, 8).Select(_ => NewStart(job.Uid, BothFrozen))];

        var outcomes = await AtOnceAsync(starts.Length, index => Jobs.StartAsync(starts[index], Cancellation));

        Assert.Equal(1, outcomes.Count(outcome => outcome == StartRunOutcome.Started));
        Assert.Equal(7, outcomes.Count(outcome => outcome is StartRunOutcome.AlreadyRunning or StartRunOutcome.FilesChanged));
        var winner = starts[Array.IndexOf(outcomes, StartRunOutcome.Started)];
        Assert.Equal([winner.RunUid], (await GetJobAsync(job.Uid)).Runs.Select(run => run.Uid));
        foreach (var start in starts)
        {
            Assert.Equal(start == winner, await Fixture.Kernel.FindAsync(start.Enqueue[0].Id, Cancellation) is not null);
        }
    }
}
