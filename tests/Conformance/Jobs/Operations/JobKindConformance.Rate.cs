using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobKindConformance
{
    /// <summary>Three a minute: three at once, then one for each twenty seconds of the store's clock.</summary>
    [Fact]
    public async Task Rate_lets_its_starts_go_at_once_and_then_refills_evenly()
    {
        await EnqueueAsync(NewRequests(20));
        await LimitAsync(rate: new JobRateLimit(3, TimeSpan.FromMinutes(1)));

        Assert.Equal(3, await ClaimAndEndAsync());
        Assert.Equal(0, await ClaimAndEndAsync());
        await AdvanceAsync(19);
        Assert.Equal(0, await ClaimAndEndAsync());
        await AdvanceAsync(2);
        Assert.Equal(1, await ClaimAndEndAsync());
        await AdvanceAsync(18);
        Assert.Equal(0, await ClaimAndEndAsync());
        await AdvanceAsync(22);
        Assert.Equal(2, await ClaimAndEndAsync());
    }

    /// <summary>What wasn't used is kept up to the starts, and no further.</summary>
    [Fact]
    public async Task Rate_never_saves_more_than_its_starts()
    {
        await EnqueueAsync(NewRequests(20));
        await LimitAsync(rate: new JobRateLimit(3, TimeSpan.FromMinutes(1)));
        await AdvanceAsync(3600);

        Assert.Equal(3, await ClaimAndEndAsync());
        await AdvanceAsync(3600);
        Assert.Equal(3, (await ClaimAsync(start: 0)).Count);
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>A rate counts claims, whatever becomes of them.</summary>
    [Fact]
    public async Task Ended_jobs_give_no_start_back()
    {
        await EnqueueAsync(NewRequests(5));
        await LimitAsync(rate: new JobRateLimit(2, TimeSpan.FromHours(1)));

        Assert.Equal(2, await ClaimAndEndAsync());
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>Small claims take no more than large ones.</summary>
    [Fact]
    public async Task Starts_that_a_claim_does_not_use_are_left_for_the_next()
    {
        await EnqueueAsync(NewRequests(10));
        await LimitAsync(rate: new JobRateLimit(4, TimeSpan.FromHours(1)));

        int[] counts = [(await ClaimAsync(3)).Count, (await ClaimAsync(3)).Count, (await ClaimAsync(3)).Count];
        Assert.Equal([3, 1, 0], counts);
    }

    /// <summary>A claim that finds nothing spends nothing.</summary>
    [Fact]
    public async Task Empty_claims_spend_no_start()
    {
        await LimitAsync(rate: new JobRateLimit(2, TimeSpan.FromHours(1)));
        Assert.Empty(await ClaimAsync());
        Assert.Empty(await ClaimAsync());
        await EnqueueAsync(NewRequests(3));

        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    /// <summary>The shortest and the longest time hold too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(86_400_000)]
    public async Task Rate_holds_for_the_least_and_the_greatest_time(int milliseconds)
    {
        await EnqueueAsync(NewRequests(5));
        await LimitAsync(rate: new JobRateLimit(2, TimeSpan.FromMilliseconds(milliseconds)));

        Assert.Equal(2, await ClaimAndEndAsync());
        Assert.Equal(0, await ClaimAndEndAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(milliseconds + 1));
        Assert.Equal(2, await ClaimAndEndAsync());
    }

    /// <summary>Claims what there is and ends it, so that no lease is left to be lost.</summary>
    private async Task<int> ClaimAndEndAsync()
    {
        var leases = await LeasesAsync();
        foreach (var lease in leases)
        {
            await EndAsync(lease);
        }

        return leases.Length;
    }
}
