using Switchyard.Ingest;
using Switchyard.Jobs;
using Xunit;

namespace Switchyard.Conformance.Ingest;

public abstract partial class IngestRunStoreConformance
{
    /// <summary>An end says everything.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Finish_ends_the_run_with_everything_it_is_given(bool success)
    {
        var uid = await BeginAsync(fence: 3);
        await Runs.ReportAsync(uid, 3, new RunReport.Failure(new IngestRunError("first", "m")), Cancellation);
        var before = await GetRunAsync(uid);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(9));
        var end = Ending(uid, 3, success);

        Assert.True(await Runs.FinishAsync(end, Cancellation));

        AssertSame(Ended(before, end), await GetRunAsync(uid));
    }

    /// <summary>What an end doesn't say stays.</summary>
    [Fact]
    public async Task Finish_leaves_what_it_does_not_name()
    {
        var uid = await BeginAsync(fence: 3);
        await Runs.ReportAsync(uid, 3, new RunReport.Summary("[1]"), Cancellation);
        await Runs.ReportAsync(uid, 3, new RunReport.Log("log"), Cancellation);
        var before = await GetRunAsync(uid);

        Assert.True(await Runs.FinishAsync(End(uid, fence: null, success: false), Cancellation));

        AssertSame(before with { Status = IngestRunStatus.Error, FinishedAt = Fixture.Now }, await GetRunAsync(uid));
    }

    /// <summary>A run ends once.</summary>
    [Fact]
    public async Task Finish_of_an_ended_or_unknown_run_or_under_another_fence_changes_nothing()
    {
        var uid = await BeginAsync(fence: 3);
        var running = await GetRunAsync(uid);
        Assert.False(await Runs.FinishAsync(Ending(uid, 2, true), Cancellation));
        Assert.False(await Runs.FinishAsync(Ending(uid, 4, true), Cancellation));
        Assert.False(await Runs.FinishAsync(Ending(Guid.NewGuid(), null, true), Cancellation));
        AssertSame(running, await GetRunAsync(uid));

        Assert.True(await Runs.FinishAsync(End(uid, fence: 3), Cancellation));
        var ended = await GetRunAsync(uid);
        Assert.False(await Runs.FinishAsync(Ending(uid, 3, false), Cancellation));
        Assert.False(await Runs.FinishAsync(Ending(uid, null, false), Cancellation));
        AssertSame(ended, await GetRunAsync(uid));
    }

    /// <summary>Of many ends, one.</summary>
    [Fact]
    public async Task Concurrent_finishes_end_the_run_once()
    {
        var uid = await BeginAsync(fence: 3);

        var ended = await AtOnceAsync(8, index => Runs.FinishAsync(End(uid, 3) with { Errors = [new IngestRunError($"e{index}", "m")] }, Cancellation));

        Assert.Equal(1, ended.Count(won => won));
        Assert.Equal($"e{Array.IndexOf(ended, true)}", Assert.Single((await GetRunAsync(uid)).Errors).Code);
    }

    /// <summary>The kernel's completion and the run's end are one.</summary>
    [Fact]
    public async Task End_as_an_effect_commits_with_the_kernels_completion_and_only_under_its_fence()
    {
        var uid = await BeginAsync(fence: 3);
        var before = await GetRunAsync(uid);
        var stale = await ClaimAsync(TimeSpan.FromSeconds(10));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(11));
        var lease = await ClaimAsync(TimeSpan.FromSeconds(10));
        var end = Ending(uid, 3, true);

        Assert.Equal(CompletionStatus.LeaseLost, await CompleteAsync(stale, end));
        AssertSame(before, await GetRunAsync(uid));

        Assert.Equal(CompletionStatus.Applied, await CompleteAsync(lease, end));
        AssertSame(Ended(before, end), await GetRunAsync(uid));
        Assert.Equal(JobState.Succeeded, (await Fixture.Kernel.FindAsync(lease.JobId, Cancellation))!.State);
    }

    /// <summary>An end that comes too late is no error.</summary>
    [Fact]
    public async Task End_as_an_effect_that_is_stale_changes_nothing_and_refuses_nothing()
    {
        var uid = await BeginAsync(fence: 3);
        var running = await GetRunAsync(uid);
        var first = await ClaimAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(CompletionStatus.Applied, await CompleteAsync(first, Ending(uid, 2, true), Ending(Guid.NewGuid(), null, true)));
        AssertSame(running, await GetRunAsync(uid));

        await Runs.FinishAsync(End(uid), Cancellation);
        var ended = await GetRunAsync(uid);
        await StartRunAsync();
        Assert.Equal(CompletionStatus.Applied, await CompleteAsync(await ClaimAsync(TimeSpan.FromMinutes(1)), Ending(uid, null, false)));
        AssertSame(ended, await GetRunAsync(uid));
    }

    private IngestRunFinished Ending(Guid uid, long? fence, bool success) => End(uid, fence, success) with
    {
        Engine = "sqlite",
        Summary = """{"INPUT_FILE":{"records_processed":5}}""",
        LogTail = "bye",
        Errors = [new IngestRunError("x", "X", "{}"), new IngestRunError("a", "A")],
        OutputFiles = ["b.json", "a.json"],
    };

    private static IngestRun Ended(IngestRun before, IngestRunFinished end) => before with
    {
        Status = end.Success ? IngestRunStatus.Success : IngestRunStatus.Error,
        FinishedAt = end.At,
        Engine = end.Engine,
        Summary = end.Summary,
        LogTail = end.LogTail,
        Errors = [.. before.Errors, .. end.Errors],
        OutputFiles = end.OutputFiles!,
    };

    private async Task<JobLease> ClaimAsync(TimeSpan lease) =>
        Assert.Single(await Fixture.Kernel.ClaimAsync(new ClaimRequest { Owner = "worker", Kinds = ["ingest-run"], MaxJobs = 1, StartAtOnce = 1, Lease = lease }, Cancellation)).Lease;

    private async Task<CompletionStatus> CompleteAsync(JobLease lease, params JobEffect[] effects) =>
        Assert.Single(await Fixture.Kernel.CompleteAsync([new JobCompletion { Lease = lease, State = JobState.Succeeded, Effects = effects }], Cancellation)).Status;
}
