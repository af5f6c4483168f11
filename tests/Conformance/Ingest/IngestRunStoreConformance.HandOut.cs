using Switchyard.Ingest;
using Xunit;

namespace Switchyard.Conformance.Ingest;

public abstract partial class IngestRunStoreConformance
{
    /// <summary>Oldest first, each once, again after a while.</summary>
    [Fact]
    public async Task Waiting_runs_are_handed_out_oldest_first_and_again_after_a_while()
    {
        var first = await WaitingAsync();
        var second = await WaitingAsync();

        Assert.Equal([first, second, null], [await HandOutAsync(), await HandOutAsync(), await HandOutAsync()]);
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Null(await HandOutAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(first, await HandOutAsync());
    }

    /// <summary>What is handed out is told whole.</summary>
    [Fact]
    public async Task Handed_out_run_comes_with_its_job()
    {
        var uid = await WaitingAsync();

        var handed = await Runs.HandOutAsync(Fixture.Now, Cancellation);

        AssertSame(await Runs.FindAsync(uid, Cancellation), handed);
        Assert.Equal((uid, 1L), (handed!.Run.Uid, handed.Run.Fence));
    }

    /// <summary>Only what waits is handed out.</summary>
    [Fact]
    public async Task Runs_that_do_not_wait_are_not_handed_out()
    {
        await StartRunAsync();
        await BeginAsync(fence: 1);
        var initialized = await WaitingAsync();
        await Runs.InitializeAsync(initialized, 1, Cancellation);
        var ended = await WaitingAsync();
        await Runs.FinishAsync(End(ended), Cancellation);

        Assert.Null(await HandOutAsync());
    }

    /// <summary>A new attempt waits anew.</summary>
    [Fact]
    public async Task Run_whose_next_attempt_waits_is_handed_out_again()
    {
        var uid = await WaitingAsync();
        await Runs.InitializeAsync(uid, 1, Cancellation);
        await Runs.BeginAttemptAsync(uid, 2, running: false, Cancellation);
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(uid, await HandOutAsync());
    }

    /// <summary>No run goes to two executors at once.</summary>
    [Fact]
    public async Task Concurrent_calls_never_get_the_same_run()
    {
        var waiting = new List<Guid?>();
        for (var i = 0; i < 4; i++)
        {
            waiting.Add(await WaitingAsync());
        }

        var handed = (await AtOnceAsync(8, _ => HandOutAsync())).Where(uid => uid is not null).ToList();
        for (var uid = await HandOutAsync(); uid is not null; uid = await HandOutAsync())
        {
            handed.Add(uid);
        }

        Assert.Equal(waiting.Order(), handed.Order());
    }

    private async Task<Guid?> HandOutAsync() => (await Runs.HandOutAsync(Fixture.Now - TimeSpan.FromSeconds(30), Cancellation))?.Run.Uid;

    /// <summary>Makes a run that waits for its executor, a second younger than any before.</summary>
    private async Task<Guid> WaitingAsync()
    {
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var uid = await StartRunAsync();
        Assert.True(await Runs.BeginAttemptAsync(uid, 1, running: false, Cancellation));
        return uid;
    }
}
