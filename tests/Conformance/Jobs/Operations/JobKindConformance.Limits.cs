using Switchyard.Jobs;
using Switchyard.Jobs.Operations;
using Xunit;

namespace Switchyard.Conformance.Jobs.Operations;

public abstract partial class JobKindConformance
{
    /// <summary>A claim counts, started or not; an end makes room.</summary>
    [Fact]
    public async Task Claims_stop_at_the_running_limit_and_go_on_when_one_ends()
    {
        var ids = await EnqueueAsync(NewRequests(6, (request, index) => request with { Priority = -index }));
        await LimitAsync(running: 3);

        var first = await ClaimAsync(start: 1);

        Assert.Equal(ids[..3], IdsOf(first));
        Assert.Empty(await ClaimAsync(owner: "worker-2"));
        await EndAsync(first[0].Lease);
        Assert.Equal([ids[3]], IdsOf(await ClaimAsync(owner: "worker-2")));
        Assert.Equal(1, await Store.ReleaseAsync([first[1].Lease], Cancellation));
        Assert.Equal([ids[1]], IdsOf(await ClaimAsync()));
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>A claim smaller than the room leaves the rest of the room.</summary>
    [Fact]
    public async Task Small_claims_add_up_to_the_running_limit()
    {
        await EnqueueAsync(NewRequests(6));
        await LimitAsync(running: 3);

        int[] counts = [(await ClaimAsync(2)).Count, (await ClaimAsync(2)).Count, (await ClaimAsync(2)).Count];
        Assert.Equal([2, 1, 0], counts);
    }

    /// <summary>Lower limits take nothing away; higher ones hold at once.</summary>
    [Fact]
    public async Task Limit_below_what_runs_leaves_it_running_and_claims_nothing_until_there_is_room()
    {
        await EnqueueAsync(NewRequests(8));
        var leases = await LeasesAsync(4);
        await LimitAsync(running: 2);

        Assert.Equal(4, (await Store.RenewAsync(leases, Lease, Cancellation)).Count);
        await EndAsync(leases[0]);
        await EndAsync(leases[1]);
        Assert.Empty(await ClaimAsync());
        await EndAsync(leases[2]);
        Assert.Single(await ClaimAsync());
        await LimitAsync(running: 3);
        Assert.Single(await ClaimAsync());
        await Kinds.SetLimitsAsync(Kind, JobKindLimits.None, Cancellation);
        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    /// <summary>Limits are a kind's own.</summary>
    [Fact]
    public async Task Limits_of_one_kind_leave_other_kinds_alone()
    {
        await LimitAsync(running: 1, perKey: 1);
        await EnqueueAsync(NewRequests(3, (request, _) => request with { ConcurrencyKey = "k" }));
        await EnqueueAsync(NewRequests(3, (request, _) => request with { Kind = OtherKind, ConcurrencyKey = "k" }));

        var claimed = await Store.ClaimAsync(
            new ClaimRequest { Owner = "worker-1", Kinds = [Kind, OtherKind], MaxJobs = 10, StartAtOnce = 10, Lease = Lease }, Cancellation);

        Assert.Equal([(Kind, 1), (OtherKind, 3)], claimed.GroupBy(job => job.Kind).Select(group => (group.Key, group.Count())).Order());
    }

    /// <summary>A crash gives its place back with its lease.</summary>
    [Fact]
    public async Task Lost_leases_count_until_they_are_taken_back()
    {
        await EnqueueAsync(NewRequests(2));
        await LimitAsync(running: 1);
        var lost = Assert.Single(await ClaimAsync());

        Assert.Empty(await ClaimAsync());
        await AdvanceAsync(31);
        var retaken = Assert.Single(await ClaimAsync());
        Assert.Empty(await ClaimAsync());

        await EndAsync(retaken.Lease);
        var last = Assert.Single(await ClaimAsync());
        Assert.Equal(2, new[] { lost, retaken, last }.Select(job => job.Lease.JobId).Distinct().Count());
    }

    /// <summary>A key that has its share doesn't hold up those behind it, however many they wait behind.</summary>
    [Fact]
    public async Task Backlog_of_one_key_gets_its_share_and_the_others_theirs()
    {
        var crowd = await EnqueueAsync(NewRequests(300, (request, _) => request with { ConcurrencyKey = "account:1", Priority = 9 }));
        var others = await EnqueueAsync(NewRequests(4, (request, index) => request with { ConcurrencyKey = index < 3 ? "account:2" : "account:3" }));
        var free = await EnqueueAsync(NewRequests(3));
        await LimitAsync(perKey: 2);

        var claimed = await ClaimAsync(50);

        Assert.Equal([.. crowd[..2], .. new[] { others[0], others[1], others[3] }.Concat(free).OrderBy(id => id.Value)], IdsOf(claimed).Take(2).Concat(IdsOf(claimed).Skip(2).OrderBy(id => id.Value)));
        Assert.Empty(await ClaimAsync(50));
        await EndAsync(claimed[0].Lease);
        Assert.Equal([crowd[2]], IdsOf(await ClaimAsync(50)));
    }

    /// <summary>Keys are compared as they are.</summary>
    [Fact]
    public async Task Keys_that_differ_in_case_are_two()
    {
        await EnqueueAsync(NewRequest() with { ConcurrencyKey = "k" }, NewRequest() with { ConcurrencyKey = "K" }, NewRequest() with { ConcurrencyKey = "k" });
        await LimitAsync(perKey: 1);

        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    /// <summary>Several limits hold together.</summary>
    [Fact]
    public async Task Smallest_of_several_limits_decides()
    {
        await LimitAsync(running: 4, perKey: 2, rate: new JobRateLimit(5, TimeSpan.FromHours(1)));
        await EnqueueAsync(NewRequests(30, (request, index) => request with { ConcurrencyKey = $"key-{index % 3}" }));

        var claimed = await ClaimAsync();

        Assert.Equal(4, claimed.Count);
        foreach (var job in claimed)
        {
            await EndAsync(job.Lease);
        }

        Assert.Single(await ClaimAsync());
    }

    /// <summary>A suspect takes a place like any other.</summary>
    [Fact]
    public async Task Suspect_is_claimed_within_the_limits()
    {
        var suspect = await EnqueueAndClaimAsync(NewRequest() with { Priority = 1, ConcurrencyKey = "k" });
        await AdvanceAsync(31);
        await EnqueueAsync(NewRequests(3, (request, _) => request with { ConcurrencyKey = "k" }));
        await LimitAsync(perKey: 1);

        var again = Assert.Single(await ClaimAsync());

        Assert.Equal(suspect.JobId, again.Lease.JobId);
        Assert.Empty(await ClaimAsync());
    }
}
