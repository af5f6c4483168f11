using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs;

/// <summary>What the port leaves to the store: a worker isn't told to claim at once what it wouldn't get.</summary>
public sealed class TimeToNextTests : IAsyncDisposable
{
    private readonly InMemoryJobStoreFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_of_a_paused_kind_are_nothing_to_wake_for()
    {
        await EnqueueAsync();
        await _fixture.Kinds.PauseAsync("kind", "ann", "why", Cancellation);

        Assert.Null(await TimeToNextAsync());

        await _fixture.Kinds.ResumeAsync("kind", "ann", "why", Cancellation);
        Assert.Equal(TimeSpan.Zero, await TimeToNextAsync());
    }

    [Fact]
    public async Task Jobs_that_a_limit_holds_back_wait_for_a_lease_to_run_out()
    {
        await EnqueueAsync(3);
        await _fixture.Kinds.SetLimitsAsync("kind", new JobKindLimits { MaxRunning = 1 }, Cancellation);
        await ClaimAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), await TimeToNextAsync());
    }

    [Fact]
    public async Task Jobs_that_the_rate_holds_back_wait_for_its_refill()
    {
        await EnqueueAsync(5);
        await _fixture.Kinds.SetLimitsAsync("kind", new JobKindLimits { Rate = new JobRateLimit(3, TimeSpan.FromMinutes(1)) }, Cancellation);
        Assert.Equal(3, (await ClaimAsync()).Count);
        await _fixture.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(15), await TimeToNextAsync());

        await _fixture.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task The_same_rate_set_again_gives_no_second_burst()
    {
        var limits = new JobKindLimits { Rate = new JobRateLimit(3, TimeSpan.FromMinutes(1)) };
        await EnqueueAsync(5);
        await _fixture.Kinds.SetLimitsAsync("kind", limits, Cancellation);
        await ClaimAsync();

        await _fixture.Kinds.SetLimitsAsync("kind", limits with { MaxRunning = 9 }, Cancellation);

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_job_that_was_due_until_the_clock_was_set_back_is_not_claimed()
    {
        await _fixture.Store.EnqueueAsync([NewRequest() with { Delay = TimeSpan.FromSeconds(10) }], Cancellation);
        await _fixture.AdvanceAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(TimeSpan.Zero, await TimeToNextAsync());

        await _fixture.AdvanceAsync(TimeSpan.FromSeconds(-5));

        Assert.Empty(await ClaimAsync());
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static JobRequest NewRequest() => new() { Id = JobId.New(TimeProvider.System), Kind = "kind", Payload = "{}" };

    private Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(int count = 1) => _fixture.Store.EnqueueAsync([.. Enumerable.Range(0, count).Select(_ => NewRequest())], Cancellation);

    private Task<IReadOnlyList<ClaimedJob>> ClaimAsync() => _fixture.Store.ClaimAsync(
        new ClaimRequest { Owner = "o", Kinds = ["kind"], MaxJobs = 10, StartAtOnce = 10, Lease = TimeSpan.FromSeconds(30) }, Cancellation);

    private Task<TimeSpan?> TimeToNextAsync() => _fixture.Store.GetTimeToNextAsync(["kind"], Cancellation);
}
